#include "media/thumbnails/render_slots.h"

#include "storage/calls/wait.h"

#include <chrono>

namespace mediadock::media {

void RenderSlots::take(const CallContext& context) {
  std::unique_lock lock(mutex_);
  if (free_ == 0 && waiting_ >= mostWaiting_) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "too many thumbnails are asked for at once",
                        .retry = Retry::AfterDelay,
                        .retryAfter = std::chrono::seconds(2)});
  }
  ++waiting_;
  try {
    storage::waitOrThrow(given_, lock, context, [this] { return free_ > 0; },
                         {.message = "no thumbnail could be rendered in time"});
  } catch (...) {
    --waiting_;
    throw;
  }
  --waiting_;
  --free_;
}

void RenderSlots::giveBack() noexcept {
  {
    const std::lock_guard lock(mutex_);
    ++free_;
  }
  given_.notify_one();
}

}  // namespace mediadock::media
