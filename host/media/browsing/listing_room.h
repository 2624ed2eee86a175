#pragma once

/// \file
/// Upper bound on the entries that sorted listings hold in memory.

#include <atomic>
#include <cstddef>
#include <utility>

namespace mediadock::media {

/// One budget for all requests. It counts each entry that a sorted listing holds while it is
/// collected, sent or kept for the next page. All calls may run concurrently.
class ListingRoom {
 public:
  /// About 200 MB.
  static constexpr std::size_t kEntries = 400000;

  explicit ListingRoom(std::size_t entries = kEntries) : entries_(entries) {}

  /// One listing's share of the budget, returned by the destructor. Not thread-safe; must not
  /// outlive the room.
  class Lease {
   public:
    explicit Lease(ListingRoom& room) : room_(&room) {}

    Lease(Lease&& other) noexcept
        : room_(other.room_),
          entries_(std::exchange(other.entries_, 0)) {}

    Lease& operator=(Lease&& other) noexcept {
      std::swap(room_, other.room_);
      std::swap(entries_, other.entries_);
      return *this;
    }

    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    ~Lease() { room_->used_ -= entries_; }

    /// Changes the share to this many entries. Returns false, and changes nothing, if the budget is
    /// exhausted.
    bool resize(std::size_t entries) {
      const auto used = room_->used_ += entries - entries_;
      if (entries > entries_ && used > room_->entries_) {
        room_->used_ -= entries - entries_;
        return false;
      }
      entries_ = entries;
      return true;
    }

   private:
    ListingRoom* room_;
    std::size_t entries_ = 0;
  };

 private:
  const std::size_t entries_;
  std::atomic<std::size_t> used_ = 0;
};

}  // namespace mediadock::media
