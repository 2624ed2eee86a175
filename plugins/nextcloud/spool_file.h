#pragma once

/// \file
/// Bytes of unknown number, kept on the local disk until all are there.

#include <string_view>

namespace mediadock {

/// An unlinked file in the system's temporary folder: it goes with its descriptor, also when the
/// process dies.
class SpoolFile {
 public:
  /// \throws StorageError `InsufficientStorage`, `Internal`.
  SpoolFile();
  ~SpoolFile();

  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  /// \throws StorageError as the constructor.
  void append(std::string_view bytes);

  /// For reading what was appended.
  int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace mediadock
