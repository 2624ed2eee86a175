#include "media/uploads/upload_starter.h"

#include "media/rules/file_name.h"
#include "media/rules/first_check.h"
#include "media/rules/new_record.h"
#include "media/uploads/spooled_upload.h"

#include <optional>

namespace mediadock::media {
namespace {

/// Whether the storage must know more before the first byte than is known yet.
bool mustWait(const UploadFields& fields, const Capabilities& can) {
  const bool needsSize = !fields.size && !can.writeUnknownSize;
  const bool needsTarget = !fields.isTargetFinal && !can.writeRetarget;
  return needsSize || needsTarget;
}

}  // namespace

UploadStarter::UploadStarter(IStorageProvider& provider, records::IRecordStore& records,
                             FirstCheck& firstCheck, FileTypes& types, OpenOutcomes& outcomes,
                             const ResumableUploadSettings& settings)
    : firstCheck_(firstCheck),
      spool_(settings.spoolDirectory, settings.spoolMaxBytes),
      shared_{provider, records, outcomes, types, hashing_} {}

std::unique_ptr<MediaUpload> UploadStarter::start(std::string_view filename,
                                                  const UploadFields& fields,
                                                  const CallContext& context) {
  firstCheck_.ensure();
  const auto typeCheck = shared_.types.check(cleanFileName(filename), fields.declaredType);
  if (mustWait(fields, shared_.provider.capabilities())) {
    checkFields(fields);
    return std::make_unique<SpooledUpload>(*this, std::nullopt, 0, filename, fields, context);
  }
  return std::make_unique<StorageUpload>(shared_, typeCheck, filename, fields, context);
}

std::unique_ptr<MediaUpload> UploadStarter::resume(std::string_view filename,
                                                   const UploadFields& fields,
                                                   const records::UploadCheckpoint& from,
                                                   const CallContext& context) {
  firstCheck_.ensure();
  const auto typeCheck = shared_.types.check(cleanFileName(filename), fields.declaredType);
  return std::make_unique<StorageUpload>(shared_, typeCheck, filename, fields, context, from);
}

}  // namespace mediadock::media
