#pragma once

/// \file
/// Disk space reserved for when the disk is full.

#include <cstdint>
#include <mutex>
#include <string>

namespace mediadock::records {

/// A file that only occupies space. All calls may run concurrently, also from other processes that
/// use the same file; only one of them gets the space.
class DiskReserve {
 public:
  /// Enough for removing some thousand records.
  static constexpr std::uint64_t kBytes = 1U << 20U;

  explicit DiskReserve(std::string file) : file_(std::move(file)) {}

  /// Reserves the space if it is not held and the disk has it.
  void take() noexcept;

  /// Frees the space and allocates it to the file `heir`, beyond its end and without changing its
  /// length, if the file system supports that. Returns false if no space is held.
  bool giveTo(const std::string& heir) noexcept;

 private:
  const std::string file_;
  std::mutex mutex_;
  /// Guarded by mutex_.
  bool isHeld_ = false;
};

}  // namespace mediadock::records
