#include "http/resilience/login_latch.h"

namespace mediadock {

LoginLatch::LoginLatch(const TimeSource& time)
    : gate_(std::make_shared<TrialGate>(TrialGate::Start::Untried, time)) {}

void LoginLatch::learn(Passage& passage, Trouble trouble, const StorageFailure& failure) {
  if (trouble == Trouble::WrongLogin) {
    passage.fail(failure, kRest, kRest);
  } else if (trouble == Trouble::LockedOut ||
             (trouble == Trouble::Throttled && passage.isTrial() && !failure.retryAfter)) {
    // We have not asked for much yet: who is refused for too much then is locked out.
    passage.fail(failure, kRest, kLongestRest);
  } else if (trouble == Trouble::None || trouble == Trouble::DeadStorage) {
    // The others come from before the login, or may.
    passage.succeed();
  }
}

}  // namespace mediadock
