#pragma once

/// \file
/// A descriptor that is closed when its owner ends.

#include <unistd.h>
#include <utility>

namespace mediadock {

class OpenFile {
 public:
  explicit OpenFile(int descriptor = -1) noexcept : descriptor_(descriptor) {}

  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  ~OpenFile() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }

  bool isOpen() const noexcept { return descriptor_ >= 0; }

  int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace mediadock
