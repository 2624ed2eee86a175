#pragma once

/// \file
/// Ownership of a file descriptor.

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace mediadock::base {

/// Closes its descriptor on destruction. Preserves `errno`, so that it may be destroyed between a
/// failed call and reading the reason.
class UniqueDescriptor {
 public:
  UniqueDescriptor() noexcept = default;

  /// Takes ownership of `descriptor`; a negative value means none.
  explicit UniqueDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}

  UniqueDescriptor(UniqueDescriptor&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}

  UniqueDescriptor& operator=(UniqueDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
  }

  UniqueDescriptor(const UniqueDescriptor&) = delete;
  UniqueDescriptor& operator=(const UniqueDescriptor&) = delete;

  ~UniqueDescriptor() { reset(); }

  int get() const noexcept { return descriptor_; }

  explicit operator bool() const noexcept { return descriptor_ >= 0; }

  /// Releases ownership of the descriptor.
  int release() noexcept { return std::exchange(descriptor_, -1); }

  /// Closes it now.
  void reset() noexcept {
    if (descriptor_ >= 0) {
      const int error = errno;
      ::close(std::exchange(descriptor_, -1));
      errno = error;
    }
  }

 private:
  int descriptor_ = -1;
};

}  // namespace mediadock::base
