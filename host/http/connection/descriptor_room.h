#pragma once

/// \file
/// Detects when the process is running out of file descriptors.

#include <cstddef>

namespace mediadock::http::guard {

/// Requests need descriptors, too: for files, storage and database. So connections leave a third of
/// the process's limit free for them, but at most `kMostReserved`. Thread-safe.
class DescriptorRoom {
 public:
  static constexpr int kMostReserved = 1024;

  /// Reads the current limit of the process.
  DescriptorRoom();

  /// Whether fewer are free than requests may need. The kernel assigns the lowest free number
  /// (POSIX, File Descriptor Allocation), so any open one shows how many are in use.
  /// \param descriptor any open descriptor.
  bool isShort(int descriptor) const noexcept;

  /// Up to this many connections, `isShort` need not be called.
  std::size_t fewConnections() const noexcept {
    return static_cast<std::size_t>(firstReserved_) / 2;
  }

 private:
  int firstReserved_;
};

}  // namespace mediadock::http::guard
