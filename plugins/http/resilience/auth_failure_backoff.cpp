#include "http/resilience/auth_failure_backoff.h"

namespace mediadock::http_client {

AuthFailureBackoff::AuthFailureBackoff(const TimeSource& time)
    : state_(std::make_shared<BreakerState>(BreakerState::Start::HalfOpen, time)) {}

void AuthFailureBackoff::learn(BreakerPermit& permit, ServerCondition condition,
                               const StorageFailure& failure) {
  if (condition == ServerCondition::WrongLogin) {
    permit.fail(failure, kCooldown, kCooldown);
  } else if (condition == ServerCondition::LockedOut ||
             (condition == ServerCondition::Throttled && permit.isProbe() && !failure.retryAfter)) {
    // There were few requests so far, so "too many" must mean a lockout.
    permit.fail(failure, kCooldown, kLongestCooldown);
  } else if (condition == ServerCondition::None || condition == ServerCondition::DeadStorage) {
    // The other conditions are, or may be, reported before the login is checked.
    permit.succeed();
  }
}

}  // namespace mediadock::http_client
