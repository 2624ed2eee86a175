#pragma once

/// \file
/// Starts and resumes uploads of single files.

#include "media/uploads/background_workers.h"
#include "media/uploads/media_upload.h"
#include "media/uploads/resumable_upload_settings.h"
#include "media/uploads/storage_upload.h"
#include "media/uploads/upload_spool.h"

#include <memory>
#include <string_view>

namespace mediadock::media {

class FirstCheck;

/// Owns what uploads share: the hashing threads and the spool. All calls may run concurrently.
class UploadStarter {
 public:
  /// Borrows all but the settings for its lifetime.
  UploadStarter(IStorageProvider& provider, records::IRecordStore& records, FirstCheck& firstCheck,
                FileTypes& types, OpenOutcomes& outcomes, const ResumableUploadSettings& settings);

  /// Starts the upload of one file. `fields` hold what is known of the form so far; the rest may
  /// come with `MediaUpload::commit`. Refuses early what is certain to fail. The bytes are spooled
  /// if the storage has to know more before the first of them.
  /// \throws RefusedType for a name or declared type that is denied; StorageError.
  std::unique_ptr<MediaUpload> start(std::string_view filename, const UploadFields& fields,
                                     const CallContext& context);

  /// Resumes one that was suspended at the storage.
  /// \throws as `start`; StorageError `NotFound` if the storage no longer has its bytes.
  std::unique_ptr<MediaUpload> resume(std::string_view filename, const UploadFields& fields,
                                      const records::UploadCheckpoint& from,
                                      const CallContext& context);

  /// Where bytes are kept that the storage cannot take yet.
  UploadSpool& spool() noexcept { return spool_; }

 private:
  FirstCheck& firstCheck_;
  BackgroundWorkers hashing_{BackgroundWorkers::usualCount()};
  UploadSpool spool_;
  const StorageUpload::Dependencies shared_;
};

}  // namespace mediadock::media
