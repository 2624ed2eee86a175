#pragma once

/// \file
/// The rules that join storage and records; the only place that knows both.

#include "media/denied_types.h"
#include "media/first_check.h"
#include "media/listing_room.h"
#include "media/media_upload.h"
#include "media/open_outcomes.h"
#include "media/resumable_upload_settings.h"
#include "media/side_threads.h"
#include "media/thumbnails.h"
#include "media/type_sniffer.h"
#include "media/version_memo.h"
#include "mediadock/storage_provider.h"
#include "records/media_record.h"

#include <Poco/Crypto/OpenSSLInitializer.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

class IRecordStore;
class OrderedListings;
class RepeatableUpload;
class ResumableUploads;

/// By name is byte by byte, the same in every locale. Directories come first, what is not known
/// counts as least, and equals are in the order of their paths.
enum class SortKey { Name, LastModified, Size };

struct BrowseRequest {
  StoragePath folder;
  /// 1: direct children; 2 and 3 take in the entries of subfolders, walked level by level.
  std::size_t depth = 1;
  /// Join records to entries, and add records under the folder whose file is gone.
  bool includeMedia = false;
  /// A folder that is not there counts as one without entries.
  bool isAbsentEmpty = false;
  SortKey sort = SortKey::Name;
  bool descending = false;
  /// 0: all.
  std::size_t limit = 0;
  /// Skip everything up to this place, where the page before ended; see `positionOf`. Its entry
  /// need not be there any more.
  std::optional<Entry> after;
};

struct BrowseItem {
  Entry entry;
  /// Null where none is known, or none was asked for.
  std::shared_ptr<const MediaRecord> record;
  /// The record's file is gone from the storage; `entry` is made from the record.
  bool isMissing = false;
};

struct BrowseResult {
  std::vector<BrowseItem> items;
  /// Whether more follow behind the last item.
  bool hasMore = false;
  /// As `IBrowseStream::omitted`, of the whole listing.
  std::size_t omitted = 0;
  /// The items' places in memory.
  std::optional<ListingRoom::Lease> lease;
};

/// The items of a `BrowseRequest` as the storage tells of its entries, whatever order, limit and
/// place to begin behind it has. Level by level: all of a folder before its subfolders' entries.
/// Memory is that of a few entries and of the folders still to be read, besides the records where
/// they are asked for. Belongs to one thread at a time; what it asked of the storage ends with it.
class IBrowseStream {
 public:
  virtual ~IBrowseStream() = default;

  /// Puts the items that come next in place of what `items` holds. Returns with none where none
  /// comes until `until`, and whether more may come. Fails as `MediaService::browse`.
  virtual bool next(std::vector<BrowseItem>& items,
                    std::chrono::steady_clock::time_point until) = 0;

  /// How many entries so far exist and cannot be shown, as `IEntryStream::omitted`; and each
  /// subfolder that cannot be asked, since only it is down (`Unavailable`, never to be repeated).
  virtual std::size_t omitted() const = 0;
};

/// What a client should know before it picks files.
struct StorageLimits {
  Capabilities capabilities;
  bool isWritable = false;
  Quota quota;
  /// Changes that are made of several calls, during which somebody else may come in between and
  /// after which a failure may leave them half done; by the names of the abilities that are
  /// missing.
  std::vector<std::string_view> notAtomic;
};

struct MoveResult {
  /// The file or folder where it is now.
  Entry entry;
  /// What was known of it before.
  std::optional<ETag> etagBefore;
};

/// A record to be added by itself, for a file that stands in the storage.
struct NewRecord {
  StoragePath path;
  UploadFields fields;
};

/// All calls may run concurrently. Failures are `StorageError`s of the provider or of the record
/// store, unchanged. Names that start with `.mediadock-` are ours: they appear nowhere, and a
/// change to one is `InvalidPath`.
class MediaService {
 public:
  /// \param provider one that can do all calls, as `completeProvider` gives it.
  /// \param deniedTypes what no upload may be.
  MediaService(std::shared_ptr<IStorageProvider> provider, std::shared_ptr<IRecordStore> records,
               DeniedTypes deniedTypes = {}, const ResumableUploadSettings& resumable = {},
               ThumbnailSettings thumbnails = {});
  ~MediaService();

  /// Memory is that of the page, and some pages ahead while there is room for them.
  /// `InvalidArgument` where no limit is given and the folder holds too many entries for it,
  /// `Unavailable` where too many listings are in memory.
  BrowseResult browse(const BrowseRequest& request, const CallContext& context);

  /// The same one after the other, unsorted. Fails before the first item where the folder is not
  /// there or is none, and where the records cannot be had.
  std::unique_ptr<IBrowseStream> openBrowse(const BrowseRequest& request,
                                            const CallContext& context);

  std::unique_ptr<IReadStream> openFile(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context);

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context);

  /// The SHA-256 of this version of a file, in hex; empty where its record does not know it. That
  /// there is none is asked anew after a few seconds.
  std::string sha256Of(const Entry& entry);

  /// Starts taking one file. `fields` are what is known of the form so far; the rest may come with
  /// `MediaUpload::commit`. Refuses early what is sure to fail.
  /// \throws RefusedType for a name or declared type that is denied.
  std::unique_ptr<MediaUpload> startUpload(std::string_view filename, const UploadFields& fields,
                                           const CallContext& context);

  /// Takes `caller`'s key for an upload that may be sent again.
  /// \throws UploadKeyError while another request works on it.
  std::unique_ptr<RepeatableUpload> startRepeatable(std::string caller, std::string key,
                                                    const CallContext& context);

  /// Goes on with one that was suspended. `NotFound` where the storage no longer has its bytes.
  std::unique_ptr<MediaUpload> resumeUpload(std::string_view filename, const UploadFields& fields,
                                            const UploadCheckpoint& from,
                                            const CallContext& context);

  /// Uploads that come in several requests.
  ResumableUploads& resumableUploads() noexcept { return *resumableUploads_; }

  /// Operations of which the storage did not tell what became of them.
  OpenOutcomes& outcomes() noexcept { return outcomes_; }

  /// Of files that `stat` gave.
  Thumbnails& thumbnails() noexcept {
    firstCheck_.ensure();
    return thumbnails_;
  }

  /// What the bytes of a version of a file are, where that was learnt before.
  std::optional<SniffedType> knownType(const StoragePath& path, const ETag& version) const {
    return types_.find(path, version);
  }

  /// Learns what a file is that begins with `beginning` (`TypeSniffer::kBytes` of it, or all), and
  /// remembers it of `version`, where there is one.
  SniffedType learnType(const StoragePath& path, const std::optional<ETag>& version,
                        std::span<const std::byte> beginning);

  const DeniedTypes& deniedTypes() const noexcept { return deniedTypes_; }

  /// Removes a file and its record, or a folder (with `recursive` one that is not empty) and the
  /// records below it. A record whose file is gone is removed, too. `NotFound` where neither is.
  /// Returns the etag of the file that went, as far as it is known without asking the storage.
  std::optional<ETag> remove(const StoragePath& path, const RemoveOptions& options,
                             const CallContext& context);

  /// Returns whether the folder was made by this call.
  bool makeFolder(const StoragePath& path, const CallContext& context);

  /// Moves a file or folder with its records, and makes missing parents of `to`; never replaces.
  /// \throws RefusedType where the new name gives a file another type, under which it would not be
  ///   taken in.
  MoveResult move(const StoragePath& from, const StoragePath& to, const CallContext& context);

  StorageLimits limits(const CallContext& context);

  std::vector<MediaRecord> queryRecords(const RecordQuery& query);
  std::optional<MediaRecord> findRecord(const std::string& id);
  /// `NotFound` where no file stands at the path, `IsADirectory` where a folder does,
  /// `AlreadyExists` where it has a record.
  MediaRecord addRecord(const NewRecord& record, const CallContext& context);
  MediaRecord updateRecord(const std::string& id, const RecordPatch& patch);
  /// Leaves the file. Returns the record that went. `NotFound`.
  MediaRecord eraseRecord(const std::string& id);

  /// The storage's abilities as far as they are known; the first time, the storage is asked.
  Capabilities capabilities() {
    firstCheck_.ensure();
    return provider_->capabilities();
  }

  /// Throws what is wrong with the storage or the records.
  void check(const CallContext& context);

 private:
  struct KnownDigest {
    std::string sha256;
    std::chrono::steady_clock::time_point askedAt;
  };

  void judgeRenamed(const Entry& file, const StoragePath& to, const CallContext& context);
  void endFailedRemoval(OpenOutcomes::InFlight& removal, const StoragePath& path,
                        const RemoveOptions& options, const StorageError& error,
                        const CallContext& context);
  /// After a move by copies, which are versions of their own.
  void renewEtagsBelow(const StoragePath& folder, const CallContext& context);

  /// Poco 1.11 counts who uses OpenSSL and tears down at zero, in a race with whoever comes next:
  /// while this lives, the count stays above it.
  Poco::Crypto::OpenSSLInitializer openSsl_;
  std::shared_ptr<IStorageProvider> provider_;
  std::shared_ptr<IRecordStore> records_;
  FirstCheck firstCheck_;
  OpenOutcomes outcomes_;
  const DeniedTypes deniedTypes_;
  TypeSniffer sniffer_;
  VersionMemo<SniffedType> types_;
  SideThreads hashing_{SideThreads::usualCount()};
  VersionMemo<KnownDigest> digests_;
  std::unique_ptr<OrderedListings> orderedListings_;
  std::unique_ptr<ResumableUploads> resumableUploads_;
  Thumbnails thumbnails_;
};

}  // namespace mediadock
