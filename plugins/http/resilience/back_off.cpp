#include "http/resilience/back_off.h"

#include <algorithm>
#include <utility>

namespace mediadock::http_client {
namespace {

using std::chrono::milliseconds;

milliseconds growingPause(unsigned attempt) {
  constexpr milliseconds kFirst{200};
  constexpr milliseconds kLongest{10000};
  constexpr unsigned kDoublings = 6;
  return std::min(kFirst * (1U << std::min(attempt, kDoublings)), kLongest);
}

milliseconds partOf(milliseconds whole, double part) {
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(whole.count()) * part));
}

}  // namespace

milliseconds retryPause(unsigned attempt, double chance) {
  return partOf(growingPause(attempt), chance);
}

milliseconds backOff(unsigned attempt) {
  constexpr double kPart = 0.25;
  const auto whole = growingPause(attempt);
  return whole - partOf(whole, kPart * randomFraction());
}

bool backOff(unsigned attempt, const CallLimits& limits) {
  const auto duration = backOff(attempt);
  if (!limits.leaves(duration)) {
    return false;
  }
  limits.pause(duration);
  return true;
}

ServerCooldown::ServerCooldown(TimeSource time) : time_(std::move(time)) {}

void ServerCooldown::start(std::chrono::seconds duration, const StorageFailure& why) {
  const std::lock_guard lock(mutex_);
  const auto until = time_.now() + duration;
  if (until > until_) {
    until_ = until;
    why_ = why;
  }
}

void ServerCooldown::waitOut(const CallLimits& limits) const {
  milliseconds left{};
  {
    const std::lock_guard lock(mutex_);
    left = std::chrono::ceil<milliseconds>(until_ - time_.now());
    if (left.count() <= 0) {
      return;
    }
    if (left > kLongestWait || CallLimits::Clock::now() + left >= limits.waitEnd()) {
      auto failure = why_;
      failure.retry = Retry::AfterDelay;
      failure.retryAfter = std::chrono::ceil<std::chrono::seconds>(left);
      throw StorageError(std::move(failure));
    }
  }
  limits.pause(left);
}

}  // namespace mediadock::http_client
