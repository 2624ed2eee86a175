#include "http/resilience/login_latch.h"

namespace mediadock {

LoginLatch::LoginLatch(const TimeSource& time)
    : gate_(std::make_shared<TrialGate>(TrialGate::Start::Untried, time)) {}

void LoginLatch::learn(Passage& passage, Trouble trouble, const StorageFailure& failure) {
  if (trouble == Trouble::WrongLogin) {
    passage.fail(failure, kRest, kRest);
  } else if (trouble == Trouble::LockedOut ||
             (trouble == Trouble::Throttled && passage.isTrial() && !failure.retryAfter)) {
    // There were few requests so far, so "too many" must mean a lockout.
    passage.fail(failure, kRest, kLongestRest);
  } else if (trouble == Trouble::None || trouble == Trouble::DeadStorage) {
    // The other conditions are, or may be, reported before the login is checked.
    passage.succeed();
  }
}

}  // namespace mediadock
