#pragma once

/// \file
/// Buffers data of unknown size on the local disk until it is complete.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace mediadock::nextcloud {

/// An unlinked file in the system's temporary folder: it disappears with its descriptor, even if
/// the process dies.
class SpoolFile {
 public:
  /// \throws StorageError `InsufficientStorage`, `Internal`.
  SpoolFile();
  ~SpoolFile();

  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  /// \throws StorageError as the constructor.
  void append(std::string_view bytes);

  /// Reads bytes from `offset`; returns 0 at the end.
  /// \throws StorageError `Internal`.
  std::size_t read(std::uint64_t offset, std::span<char> bytes) const;

 private:
  int descriptor_ = -1;
};

}  // namespace mediadock::nextcloud
