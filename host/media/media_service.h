#pragma once

/// \file
/// The rules that join storage and records, as one object.

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

namespace mediadock {

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

  /// One page of a folder in an order; see `OrderedListings`.
  BrowseResult browse(const BrowseRequest& request, const CallContext& context);

  /// The same one after the other, unsorted. Fails before the first item where the folder is not
  /// there or is none, and where the records cannot be had.
  std::unique_ptr<IBrowseStream> openBrowse(const BrowseRequest& request,
                                            const CallContext& context);

  std::unique_ptr<IReadStream> openFile(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context);

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context);

  /// See `KnownDigests::sha256Of`.
  std::string sha256Of(const Entry& file) { return digests_.sha256Of(file); }

  /// What files are by their bytes, and which types are taken.
  FileTypes& types() noexcept { return types_; }

  /// Of files that `stat` gave.
  Thumbnails& thumbnails() noexcept {
    firstCheck_.ensure();
    return thumbnails_;
  }

  /// Starts uploads that come in one request.
  UploadStarter& uploads() noexcept { return uploads_; }

  /// Takes `caller`'s key for an upload that may be sent again.
  /// \throws UploadKeyError while another request works on it.
  std::unique_ptr<RepeatableUpload> startRepeatable(std::string caller, std::string key,
                                                    const CallContext& context);

  /// Uploads that come in several requests.
  ResumableUploads& resumableUploads() noexcept { return resumableUploads_; }

  /// Operations of which the storage did not tell what became of them.
  OpenOutcomes& outcomes() noexcept { return outcomes_; }

  /// See `StorageChanges`.
  std::optional<ETag> remove(const StoragePath& path, const RemoveOptions& options,
                             const CallContext& context);
  MoveResult move(const StoragePath& from, const StoragePath& to, const CallContext& context);

  /// Returns whether the folder was made by this call.
  bool makeFolder(const StoragePath& path, const CallContext& context);

  StorageLimits limits(const CallContext& context);

  std::vector<MediaRecord> queryRecords(const RecordQuery& query);
  std::optional<MediaRecord> findRecord(const std::string& id);
  /// `NotFound` if no file is at the path, `IsADirectory` if a folder is, `AlreadyExists` if it has
  /// a record.
  MediaRecord addRecord(const NewRecord& record, const CallContext& context);
  MediaRecord updateRecord(const std::string& id, const RecordPatch& patch);
  /// Leaves the file. Returns the record that went. `NotFound`.
  MediaRecord eraseRecord(const std::string& id);

  /// The storage's abilities as far as they are known; the first time, the storage is asked.
  Capabilities capabilities();

  /// Throws what is wrong with the storage or the records.
  void check(const CallContext& context);

 private:
  std::shared_ptr<IStorageProvider> provider_;
  std::shared_ptr<IRecordStore> records_;
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

}  // namespace mediadock
