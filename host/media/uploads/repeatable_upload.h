#pragma once

/// \file
/// An upload that its client may repeat without uploading twice.

#include "media/uploads/media_upload.h"
#include "media/uploads/upload_key_error.h"
#include "mediadock/call_context.h"
#include "records/media_record.h"
#include "records/upload_keys.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock {
class IStorageProvider;
}  // namespace mediadock

namespace mediadock::records {
class IRecordStore;
}  // namespace mediadock::records

namespace mediadock::media {

/// A received file, for comparison with a repeat.
struct SentFile {
  std::string name;
  /// Lower-case hex.
  std::string sha256;
};

/// Holds an upload's key while a request is processed, and knows the outcome of an earlier one.
///
///     free ── take ──> at work ── finish ──> arrived: a repeat gets its records
///       ^                 │ │
///       └───── failure ───┘ └── crash ──> lease over: a repeat looks at what the records say
///
/// After a crash, the records show what was in flight, because they carry the upload's id before a
/// file becomes visible: a pending one is resolved by asking the storage, a ready one has arrived.
/// So a repeat never creates a file twice, and never returns a record that does not exist. Not
/// thread-safe.
class RepeatableUpload {
 public:
  /// Borrows both for its lifetime.
  /// \throws UploadKeyError `InUse`; StorageError of the records, and of the storage if an earlier
  ///   upload's outcome has to be resolved.
  RepeatableUpload(IStorageProvider& provider, records::IRecordStore& records,
                   records::UploadKey key, const CallContext& context);

  /// Releases the key, unless something has arrived or still may.
  ~RepeatableUpload();

  RepeatableUpload(const RepeatableUpload&) = delete;
  RepeatableUpload& operator=(const RepeatableUpload&) = delete;

  /// The upload under this key has already arrived: the request's files are only compared.
  bool isRepeat() const noexcept { return isRepeat_; }

  /// For `UploadFields::uploadId`.
  const std::string& id() const noexcept { return lease_.uploadId; }

  /// Renews the lease; call it periodically while bytes arrive.
  /// \throws UploadKeyError `InUse` if another request took over because this one seemed dead.
  void keep();

  /// Call right before a commit. \throws as `keep`.
  void keepForCommit();

  /// The upload has arrived. Later repeats get these records.
  void finish(const UploadFields& fields, const std::vector<SentFile>& files,
              const std::vector<records::MediaRecord>& records);

  /// For a repeat: the current records of the earlier upload.
  /// \throws UploadKeyError other than `InUse`; with `BrokenOff`, `orphanedRecords` must be removed
  /// first.
  std::vector<records::MediaRecord> recordsOf(const UploadFields& fields,
                                              const std::vector<SentFile>& files);

  /// Ready records of an earlier upload that broke off.
  const std::vector<records::MediaRecord>& orphanedRecords() const noexcept {
    return orphanedRecords_;
  }

  /// Call once the remains are removed: releases the key.
  void releaseAfterCleanup();

 private:
  void takeOver(const records::UploadLease& former, const CallContext& context);
  void resolve(const CallContext& context);
  void endLease() noexcept;
  std::vector<records::MediaRecord> arrivedRecords() const;
  std::vector<records::MediaRecord> survivingRecords(const std::vector<SentFile>& files) const;

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  const records::UploadKey key_;
  records::UploadLease lease_;
  /// The earlier upload, if all of it is known to have arrived.
  std::optional<records::KeyedUpload> arrived_;
  std::vector<records::MediaRecord> orphanedRecords_;
  bool isRepeat_ = false;
  /// This object must end the lease.
  bool isOurs_ = false;
};

}  // namespace mediadock::media
