#include "media/rules/first_check.h"

namespace mediadock::media {

void FirstCheck::ensure() noexcept {
  if (!isDone_ && begin()) {
    check();
  }
}

/// Returns whether the caller must run the check. Waits for a check in progress, unless the
/// previous one failed.
bool FirstCheck::begin() {
  std::unique_lock lock(mutex_);
  if (!hasFailed_) {
    ended_.wait_for(lock, kLongestWait, [this] { return !isChecking_; });
  }
  if (isChecking_ || isDone_ || Clock::now() < next_) {
    return false;
  }
  isChecking_ = true;
  return true;
}

void FirstCheck::check() noexcept {
  bool isDone = false;
  try {
    CallContext context;
    context.deadline = Clock::now() + kLongestWait;
    context.requestId = "first-check";
    provider_.check(context);
    isDone = true;
  } catch (...) {
    // The next call reports the error.
  }
  const std::lock_guard lock(mutex_);
  isDone_ = isDone_ || isDone;
  isChecking_ = false;
  hasFailed_ = !isDone;
  next_ = Clock::now() + kPause;
  ended_.notify_all();
}

}  // namespace mediadock::media
