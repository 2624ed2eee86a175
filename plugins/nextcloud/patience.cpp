#include "patience.h"

#include "back_off.h"

#include <random>
#include <utility>

namespace mediadock {

double randomFraction() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(engine);
}

Patience::Patience(TimeSource time) : time_(std::move(time)) {}

std::chrono::milliseconds Patience::pause(unsigned attempt) const {
  const auto part = static_cast<double>(growingPause(attempt).count()) * time_.random();
  return std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(part));
}

void Patience::rest(std::chrono::seconds duration, const StorageFailure& why) {
  const std::lock_guard lock(mutex_);
  const auto until = time_.now() + duration;
  if (until > until_) {
    until_ = until;
    why_ = why;
  }
}

void Patience::await(const CallLimits& limits) const {
  std::chrono::milliseconds left{};
  {
    const std::lock_guard lock(mutex_);
    left = std::chrono::ceil<std::chrono::milliseconds>(until_ - time_.now());
    if (left.count() <= 0) {
      return;
    }
    if (left > kLongestRest || CallLimits::Clock::now() + left >= limits.waitEnd()) {
      auto failure = why_;
      failure.retry = Retry::AfterDelay;
      failure.retryAfter = std::chrono::ceil<std::chrono::seconds>(left);
      throw StorageError(std::move(failure));
    }
  }
  limits.pause(left);
}

}  // namespace mediadock
