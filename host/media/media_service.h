#pragma once

/// \file
/// Combines storage and records behind one interface.

#include "media/browsing/browse.h"
#include "media/changes/open_outcomes.h"
#include "media/changes/storage_changes.h"
#include "media/known_digests.h"
#include "media/rules/first_check.h"
#include "media/rules/new_record.h"
#include "media/thumbnails/thumbnails.h"
#include "media/types/file_types.h"
#include "media/uploads/repeatable_upload.h"
#include "media/uploads/resumable_uploads.h"
#include "media/uploads/upload_starter.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::media {

/// What a client should know before it picks files.
struct StorageLimits {
  Capabilities capabilities;
  bool isWritable = false;
  Quota quota;
  /// Changes that are composed of several calls, so that others may interfere and a failure may
  /// leave them half done; named after the missing abilities.
  std::vector<std::string_view> notAtomic;
};

/// All calls may run concurrently. Failures are `StorageError`s of the provider or the record
/// store, unchanged. Names that start with `.mediadock-` are reserved: they are never listed, and
/// changing one is `InvalidPath`.
class MediaService {
 public:
  /// \param provider supports all calls, as returned by `completeProvider`.
  /// \param deniedTypes types that uploads may not have.
  MediaService(std::shared_ptr<IStorageProvider> provider,
               std::shared_ptr<records::IRecordStore> records, DeniedTypes deniedTypes = {},
               const ResumableUploadSettings& resumable = {}, ThumbnailSettings thumbnails = {});

  /// One page of a folder, sorted; see `OrderedListings`.
  BrowseResult browse(const BrowseRequest& request, const CallContext& context);

  /// The same as an unsorted stream. Fails before the first item if the folder does not exist or is
  /// not a folder, or if the records cannot be read.
  std::unique_ptr<IBrowseStream> openBrowse(const BrowseRequest& request,
                                            const CallContext& context);

  std::unique_ptr<IReadStream> openFile(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context);

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context);

  /// See `KnownDigests::sha256Of`.
  std::string sha256Of(const Entry& file) { return digests_.sha256Of(file); }

  /// Types of files by their content, and which types are accepted.
  FileTypes& types() noexcept { return types_; }

  /// For files returned by `stat`.
  Thumbnails& thumbnails() noexcept {
    firstCheck_.ensure();
    return thumbnails_;
  }

  /// Starts uploads that arrive in one request.
  UploadStarter& uploads() noexcept { return uploads_; }

  /// Acquires `caller`'s key for an upload that may be repeated.
  /// \throws UploadKeyError while another request holds it.
  std::unique_ptr<RepeatableUpload> startRepeatable(std::string caller, std::string key,
                                                    const CallContext& context);

  /// Uploads that arrive in several requests.
  ResumableUploads& resumableUploads() noexcept { return resumableUploads_; }

  /// Operations whose outcome the storage did not report.
  OpenOutcomes& outcomes() noexcept { return outcomes_; }

  /// See `StorageChanges`.
  std::optional<ETag> remove(const StoragePath& path, const RemoveOptions& options,
                             const CallContext& context);
  MoveResult move(const StoragePath& from, const StoragePath& to, const CallContext& context);

  /// Returns whether this call created the folder.
  bool makeFolder(const StoragePath& path, const CallContext& context);

  StorageLimits limits(const CallContext& context);

  std::vector<records::MediaRecord> queryRecords(const records::RecordQuery& query);
  std::optional<records::MediaRecord> findRecord(const std::string& id);
  /// `NotFound` if no file is at the path, `IsADirectory` if a folder is, `AlreadyExists` if the
  /// file has a record.
  records::MediaRecord addRecord(const NewRecord& record, const CallContext& context);
  records::MediaRecord updateRecord(const std::string& id, const records::RecordPatch& patch);
  /// Keeps the file. Returns the erased record. `NotFound`.
  records::MediaRecord eraseRecord(const std::string& id);

  /// The storage's abilities as far as they are known; the first call checks the storage.
  Capabilities capabilities();

  /// Throws if the storage or the records cannot be reached.
  void check(const CallContext& context);

 private:
  std::shared_ptr<IStorageProvider> provider_;
  std::shared_ptr<records::IRecordStore> records_;
  FirstCheck firstCheck_;
  FileTypes types_;
  KnownDigests digests_;
  OpenOutcomes outcomes_;
  StorageChanges changes_;
  OrderedListings orderedListings_;
  UploadStarter uploads_;
  ResumableUploads resumableUploads_;
  Thumbnails thumbnails_;
};

}  // namespace mediadock::media
