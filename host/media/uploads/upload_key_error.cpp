#include "media/uploads/upload_key_error.h"

namespace mediadock::media {

const char* UploadKeyError::what() const noexcept {
  switch (reason_) {
    case Reason::InUse:
      return "another request with this Idempotency-Key is at work";
    case Reason::OtherUpload:
      return "this Idempotency-Key came with other fields or files before";
    case Reason::Gone:
      return "what this Idempotency-Key brought was removed since";
    case Reason::BrokenOff:
      break;
  }
  return "a part of this upload had arrived before, and was removed; send it again";
}

}  // namespace mediadock::media
