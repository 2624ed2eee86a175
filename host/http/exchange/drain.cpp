#include "http/exchange/drain.h"

#include <utility>

namespace mediadock::http {

Drain::InFlight::InFlight(Drain& drain) : drain_(drain) {
  const std::lock_guard lock(drain_.mutex_);
  ++drain_.inFlight_;
}

void Drain::InFlight::release() noexcept {
  if (!std::exchange(isCounted_, false)) {
    return;
  }
  const std::lock_guard lock(drain_.mutex_);
  if (--drain_.inFlight_ == 0) {
    drain_.becameIdle_.notify_all();
  }
}

bool Drain::waitUntilIdle(std::chrono::seconds limit) {
  std::unique_lock lock(mutex_);
  return becameIdle_.wait_for(lock, limit, [this] { return inFlight_ == 0; });
}

}  // namespace mediadock::http
