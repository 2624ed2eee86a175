#pragma once

/// \file
/// Owns a file descriptor.

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace mediadock::localdisk {

/// Closes its descriptor on destruction. Preserves `errno`, so that it may be destroyed between a
/// failed call and the check of its error.
class UniqueDescriptor {
 public:
  UniqueDescriptor() noexcept = default;

  explicit UniqueDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}

  UniqueDescriptor(UniqueDescriptor&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}

  UniqueDescriptor& operator=(UniqueDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  UniqueDescriptor(const UniqueDescriptor&) = delete;
  UniqueDescriptor& operator=(const UniqueDescriptor&) = delete;

  ~UniqueDescriptor() {
    if (descriptor_ >= 0) {
      const int error = errno;
      ::close(descriptor_);
      errno = error;
    }
  }

  int get() const noexcept { return descriptor_; }

  explicit operator bool() const noexcept { return descriptor_ >= 0; }

  /// Gives up ownership of the descriptor.
  int release() noexcept { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_ = -1;
};

/// Retries `systemCall` while it is interrupted by signals.
template <typename SystemCall>
auto uninterrupted(SystemCall systemCall) noexcept {
  auto result = systemCall();
  while (result < 0 && errno == EINTR) {
    result = systemCall();
  }
  return result;
}

}  // namespace mediadock::localdisk
