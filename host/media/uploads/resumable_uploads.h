#pragma once

/// \file
/// Uploads that arrive in several requests and survive a restart of the host.

#include "media/uploads/media_upload.h"
#include "media/uploads/resumable_upload_settings.h"
#include "media/uploads/upload_append.h"
#include "media/uploads/upload_locks.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>
#include <optional>
#include <string>

namespace mediadock::media {

class UploadStarter;

struct NewResumableUpload {
  /// Who started it; empty if unknown.
  std::string caller;
  /// The owner whose limits it counts against.
  std::string owner;
  /// The client's metadata in its own format; only stored.
  std::string metadata;
  std::string filename;
  /// Must contain `size`.
  UploadFields fields;
};

/// Progress is in the record database; the bytes are at the storage, or in the spool if the storage
/// cannot keep them. All calls may run concurrently, also from several hosts that share the
/// database; of several writers of one upload, only one can continue.
class ResumableUploads {
 public:
  /// Borrows all but the settings for its lifetime.
  ResumableUploads(UploadStarter& starter, IStorageProvider& provider,
                   records::IRecordStore& records, const ResumableUploadSettings& settings);

  /// Starts an upload. Refuses early what is certain to fail, as `UploadStarter::start` does;
  /// `InsufficientStorage` if the spool is needed and too small. Uses no space except a database
  /// row.
  /// \throws UnfinishedLimitReached.
  records::UnfinishedUpload create(const NewResumableUpload& upload, const CallContext& context);

  /// Also returns uploads that have expired or are finished.
  std::optional<records::UnfinishedUpload> find(const std::string& id);

  /// Becomes the writer of an upload. A current writer is asked to stop and waited for briefly.
  /// Returns null if the upload does not exist. \throws StorageError `Locked`.
  std::unique_ptr<UploadAppend> append(const std::string& id);

  /// Deletes an upload and its bytes. The file of a finished one stays.
  /// \throws StorageError `Locked`, and errors of the storage if it cannot delete the bytes now.
  void terminate(const std::string& id, const CallContext& context);

  /// Deletes uploads that expired a while ago, a bounded number per call, and old files of the
  /// spool. Uploads that the storage cannot delete now are retried by later sweeps, but not
  /// forever.
  void sweep(const CallContext& context);

 private:
  bool canWaitAtStorage(const NewResumableUpload& upload, const CallContext& context);
  std::optional<records::UnfinishedUpload> load(const std::string& id);
  void drop(const records::UnfinishedUpload& upload, const CallContext& context);
  void forgetExpired(const records::UnfinishedUpload& upload, const CallContext& context);

  UploadStarter& starter_;
  IStorageProvider& provider_;
  records::IRecordStore& records_;
  const ResumableUploadSettings settings_;
  UploadLocks locks_;
  UncountedBytes uncounted_;
};

bool isExpired(const records::UnfinishedUpload& upload);

}  // namespace mediadock::media
