#pragma once

/// \file
/// Ownership of a file descriptor.

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace mediadock {

/// Closes its descriptor when it goes. Leaves `errno` alone, so that it may go between a failed
/// call and the look at its reason.
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

  /// Gives the descriptor away.
  int release() noexcept { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_ = -1;
};

/// Calls `systemCall` again as long as a signal interrupts it.
template <typename SystemCall>
auto uninterrupted(SystemCall systemCall) noexcept {
  auto result = systemCall();
  while (result < 0 && errno == EINTR) {
    result = systemCall();
  }
  return result;
}

}  // namespace mediadock
