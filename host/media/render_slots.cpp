#include "media/render_slots.h"

#include "mediadock/storage_error.h"

#include <chrono>

namespace mediadock {

void RenderSlots::take(const CallContext& context) {
  std::unique_lock lock(mutex_);
  if (free_ == 0 && waiting_ >= mostWaiting_) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "too many thumbnails are asked for at once",
                        .retry = Retry::AfterDelay,
                        .retryAfter = std::chrono::seconds(2)});
  }
  ++waiting_;
  const bool isFree =
      given_.wait_until(lock, context.cancellation, context.deadline, [this] { return free_ > 0; });
  --waiting_;
  if (!isFree) {
    const bool isStopped = context.cancellation.stop_requested();
    throw StorageError(isStopped ? StorageErrc::Cancelled : StorageErrc::Timeout,
                       "no thumbnail could be rendered in time");
  }
  --free_;
}

void RenderSlots::giveBack() noexcept {
  {
    const std::lock_guard lock(mutex_);
    ++free_;
  }
  given_.notify_one();
}

}  // namespace mediadock
