#pragma once

/// \file
/// Why an `Idempotency-Key` cannot be used.

#include <exception>

namespace mediadock {

/// A key that cannot be used for this upload, now or ever.
class UploadKeyError final : public std::exception {
 public:
  enum class Reason {
    InUse,        ///< Another request is at work on it.
    OtherUpload,  ///< It came with other fields or files before.
    Gone,         ///< All arrived, and was removed since.
    BrokenOff,    ///< A part had arrived; it was removed. To be sent again.
  };

  explicit UploadKeyError(Reason reason) noexcept : reason_(reason) {}

  Reason reason() const noexcept { return reason_; }

  const char* what() const noexcept override;

 private:
  Reason reason_;
};

}  // namespace mediadock
