#pragma once

/// \file
/// How many descriptors the process has left.

#include <cstddef>

namespace mediadock::guard {

/// Requests need descriptors, too: for files, for the storage, for the database. So connections are
/// to leave a third of the process's limit, but not more than `kMostKept`. All calls may run at
/// once.
class DescriptorRoom {
 public:
  static constexpr int kMostKept = 1024;

  /// By the limit of the process now.
  DescriptorRoom();

  /// Whether fewer are left than requests may need. The kernel assigns the lowest free number
  /// (POSIX, File Descriptor Allocation), so any open one shows how many are in use.
  /// \param descriptor any that is open.
  bool isShort(int descriptor) const noexcept;

  /// Up to so many connections it is not worth asking.
  std::size_t fewConnections() const noexcept { return static_cast<std::size_t>(firstKept_) / 2; }

 private:
  int firstKept_;
};

}  // namespace mediadock::guard
