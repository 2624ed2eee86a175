#pragma once

/// \file
/// Limits how many pictures are rendered at once.

#include "mediadock/call_context.h"

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace mediadock::media {

/// A few slots, and a bounded queue for them. All calls may run concurrently.
class RenderSlots {
 public:
  RenderSlots(std::size_t places, std::size_t waiting) : free_(places), mostWaiting_(waiting) {}

  /// Holds one slot from construction to destruction.
  class Slot {
   public:
    /// Waits for a free slot. `slots` must outlive it.
    /// \throws StorageError `Unavailable` if the queue is full, `Timeout` at the context's
    ///   deadline, `Cancelled`.
    Slot(RenderSlots& slots, const CallContext& context) : slots_(slots) { slots_.take(context); }

    ~Slot() { slots_.giveBack(); }

    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

   private:
    RenderSlots& slots_;
  };

 private:
  void take(const CallContext& context);
  void giveBack() noexcept;

  std::mutex mutex_;
  std::condition_variable_any given_;
  /// Both guarded by `mutex_`.
  std::size_t free_;
  std::size_t waiting_ = 0;
  const std::size_t mostWaiting_;
};

}  // namespace mediadock::media
