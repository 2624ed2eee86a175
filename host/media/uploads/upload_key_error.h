#pragma once

/// \file
/// Why an `Idempotency-Key` cannot be used.

#include <exception>

namespace mediadock::media {

/// The key cannot be used for this upload, now or ever.
class UploadKeyError final : public std::exception {
 public:
  enum class Reason {
    InUse,        ///< Another request is using it.
    OtherUpload,  ///< It was used with other fields or files before.
    Gone,         ///< Everything arrived, and has been removed since.
    BrokenOff,    ///< Only a part arrived, and was removed. Send it again.
  };

  explicit UploadKeyError(Reason reason) noexcept : reason_(reason) {}

  Reason reason() const noexcept { return reason_; }

  const char* what() const noexcept override;

 private:
  Reason reason_;
};

}  // namespace mediadock::media
