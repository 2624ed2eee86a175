#pragma once

/// \file
/// Uploads that come in several requests, and over a restart of the host.

#include "media/uploads/media_upload.h"
#include "media/uploads/resumable_upload_settings.h"
#include "media/uploads/upload_append.h"
#include "media/uploads/upload_locks.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>
#include <optional>
#include <string>

namespace mediadock {

class UploadStarter;

struct NewResumableUpload {
  /// Who begins it; empty where nobody is known.
  std::string caller;
  /// Whose limits it counts against.
  std::string owner;
  /// What the client said, in its own form; only kept.
  std::string metadata;
  std::string filename;
  /// With `size`.
  UploadFields fields;
};

/// What an upload has come to is in the record database, its bytes are at the storage, or in the
/// spool where the storage cannot keep them. All calls may run concurrently, also those of several
/// hosts of one database; of several writers of one upload one goes on.
class ResumableUploads {
 public:
  /// Borrows all but the settings for its lifetime.
  ResumableUploads(UploadStarter& starter, IStorageProvider& provider, IRecordStore& records,
                   const ResumableUploadSettings& settings);

  /// Begins an upload. Refuses early what is sure to fail, as `UploadStarter::start` does;
  /// `InsufficientStorage` where the spool is needed and too small. Takes no room but a row.
  /// \throws UnfinishedLimitReached.
  UnfinishedUpload create(const NewResumableUpload& upload, const CallContext& context);

  /// Also one that has expired or is finished.
  std::optional<UnfinishedUpload> find(const std::string& id);

  /// Becomes the writer of an upload; one that is at work is asked to let go and waited for a
  /// little. Nothing where there is no such upload. \throws StorageError `Locked`.
  std::unique_ptr<UploadAppend> append(const std::string& id);

  /// Forgets an upload and drops its bytes. The file of a finished one stays.
  /// \throws StorageError `Locked`, and what the storage says where it cannot drop them now.
  void terminate(const std::string& id, const CallContext& context);

  /// Forgets what expired a while ago: a bounded number of uploads, and old files of the spool.
  /// What the storage cannot drop now stays for a later sweep, but not for ever.
  void sweep(const CallContext& context);

 private:
  bool canWaitAtStorage(const NewResumableUpload& upload, const CallContext& context);
  std::optional<UnfinishedUpload> load(const std::string& id);
  void drop(const UnfinishedUpload& upload, const CallContext& context);
  void forgetExpired(const UnfinishedUpload& upload, const CallContext& context);

  UploadStarter& starter_;
  IStorageProvider& provider_;
  IRecordStore& records_;
  const ResumableUploadSettings settings_;
  UploadLocks locks_;
  UncountedBytes uncounted_;
};

bool isExpired(const UnfinishedUpload& upload);

}  // namespace mediadock
