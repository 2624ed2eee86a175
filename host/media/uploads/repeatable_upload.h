#pragma once

/// \file
/// An upload that its client may send again without uploading twice.

#include "media/uploads/media_upload.h"
#include "media/uploads/upload_key_error.h"
#include "mediadock/call_context.h"
#include "records/media_record.h"
#include "records/upload_keys.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock {

class IRecordStore;
class IStorageProvider;

/// One file as it came, for comparison.
struct SentFile {
  std::string name;
  /// Lower-case hex.
  std::string sha256;
};

/// Holds an upload's key while a request is at work, and knows what came of an earlier one.
///
///     free ── take ──> at work ── finish ──> arrived: a repeat gets its records
///       ^                 │ │
///       └───── failure ───┘ └── crash ──> lease over: a repeat looks at what the records say
///
/// What was under way in a crash is told by the records, which carry the upload's id from before
/// a file is visible: a pending one is settled by asking the storage, a ready one has arrived. So a
/// repeat makes no file twice, and gets no record that is not there. Belongs to one thread.
class RepeatableUpload {
 public:
  /// Borrows both for its lifetime.
  /// \throws UploadKeyError `InUse`; StorageError of the records, and of the storage where an
  ///   earlier upload's outcome is still to be found out.
  RepeatableUpload(IStorageProvider& provider, IRecordStore& records, UploadKey key,
                   const CallContext& context);

  /// Frees the key, unless something has arrived or still may.
  ~RepeatableUpload();

  RepeatableUpload(const RepeatableUpload&) = delete;
  RepeatableUpload& operator=(const RepeatableUpload&) = delete;

  /// Something has arrived under this key: what is sent now is only to be compared.
  bool isRepeat() const noexcept { return isRepeat_; }

  /// For `UploadFields::uploadId`.
  const std::string& id() const noexcept { return lease_.uploadId; }

  /// To be called now and then while bytes come in.
  /// \throws UploadKeyError `InUse` where another request took over, for this one seemed dead.
  void keep();

  /// To be called right before a commit. \throws as `keep`.
  void keepForCommit();

  /// The upload has arrived. Later repeats get these records.
  void finish(const UploadFields& fields, const std::vector<SentFile>& files,
              const std::vector<MediaRecord>& records);

  /// For a repeat: the records that the earlier upload brought, as they are now.
  /// \throws UploadKeyError but for `InUse`; with `BrokenOff`, `remains` are to be removed first.
  std::vector<MediaRecord> recordsOf(const UploadFields& fields,
                                     const std::vector<SentFile>& files);

  /// What stands ready of an earlier upload that broke off.
  const std::vector<MediaRecord>& remains() const noexcept { return remains_; }

  /// The remains are removed: frees the key.
  void startOver();

 private:
  void takeOver(const UploadLease& former, const CallContext& context);
  void settle(const CallContext& context);
  void endLease() noexcept;
  std::vector<MediaRecord> arrivedRecords() const;
  std::vector<MediaRecord> survivingRecords(const std::vector<SentFile>& files) const;

  IStorageProvider& provider_;
  IRecordStore& records_;
  const UploadKey key_;
  UploadLease lease_;
  /// The earlier upload, where all of it is known to have arrived.
  std::optional<KeyedUpload> arrived_;
  std::vector<MediaRecord> remains_;
  bool isRepeat_ = false;
  /// The lease is ours to end.
  bool isOurs_ = false;
};

}  // namespace mediadock
