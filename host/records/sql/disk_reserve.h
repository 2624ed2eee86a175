#pragma once

/// \file
/// Room on a disk, kept for the day when there is none.

#include <cstdint>
#include <mutex>
#include <string>

namespace mediadock {

/// A file that only takes room. All calls may run concurrently; also those of other processes that
/// use the same file, of which one gets the room.
class DiskReserve {
 public:
  /// Enough for the removal of some thousand records.
  static constexpr std::uint64_t kBytes = 1U << 20U;

  explicit DiskReserve(std::string file) : file_(std::move(file)) {}

  /// Takes the room where it is not held and the disk has it.
  void take() noexcept;

  /// Gives it up in favour of another file, behind whose end it lies from then on, as far as the
  /// file system can do that; its length stays. Returns false where no room is held.
  bool giveTo(const std::string& heir) noexcept;

 private:
  const std::string file_;
  std::mutex mutex_;
  /// Guarded by mutex_.
  bool isHeld_ = false;
};

}  // namespace mediadock
