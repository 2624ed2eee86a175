#include "http/resilience/breaker_state.h"

#include <algorithm>
#include <utility>

namespace mediadock::http_client {

BreakerPermit::BreakerPermit(std::shared_ptr<BreakerState> state, unsigned probe)
    : state_(std::move(state)),
      probe_(probe) {}

BreakerPermit::~BreakerPermit() {
  if (!state_ || probe_ == 0) {
    return;
  }
  {
    const std::lock_guard lock(state_->mutex_);
    if (state_->runningProbe_ == probe_) {
      state_->runningProbe_ = 0;
    }
  }
  state_->changed_.notify_all();
}

void BreakerPermit::succeed() noexcept {
  if (probe_ == 0) {
    return;
  }
  {
    const std::lock_guard lock(state_->mutex_);
    if (state_->runningProbe_ == probe_) {
      state_->runningProbe_ = 0;
      state_->isClosed_ = true;
    }
  }
  state_->changed_.notify_all();
}

void BreakerPermit::fail(const StorageFailure& why, std::chrono::milliseconds first,
                         std::chrono::milliseconds longest) {
  {
    const std::lock_guard lock(state_->mutex_);
    const bool isAgain = probe_ != 0 && state_->runningProbe_ == probe_ && state_->why_;
    state_->duration_ = isAgain ? std::clamp(state_->duration_ * 2, first, longest) : first;
    state_->until_ = std::max(state_->until_, state_->time_.now() + state_->duration_);
    state_->isClosed_ = false;
    state_->why_ = why;
    if (state_->runningProbe_ == probe_) {
      state_->runningProbe_ = 0;
    }
  }
  state_->changed_.notify_all();
}

BreakerState::BreakerState(Start start, TimeSource time)
    : time_(std::move(time)),
      isClosed_(start == Start::Closed) {}

BreakerPermit BreakerState::enter(const CallLimits& limits) {
  std::unique_lock lock(mutex_);
  // The usual case. Waiting would register at the call's stop token even if nothing is to be waited
  // for.
  if (isClosed_) {
    return {shared_from_this(), 0};
  }
  const bool isDecided = changed_.wait_until(lock, limits.stopToken(), limits.waitEnd(), [this] {
    return isClosed_ || why_ || runningProbe_ == 0;
  });
  if (!isDecided) {
    lock.unlock();
    limits.check();
    throw StorageError({.code = StorageErrc::Timeout,
                        .message = "the storage did not answer the first request in time",
                        .retry = Retry::Safe});
  }
  if (isClosed_) {
    return {shared_from_this(), 0};
  }
  if (runningProbe_ != 0 || time_.now() < until_) {
    refuse();
  }
  runningProbe_ = ++lastProbe_;
  return {shared_from_this(), runningProbe_};
}

void BreakerState::check() {
  const std::lock_guard lock(mutex_);
  if (!isClosed_ && why_ && time_.now() < until_) {
    refuse();
  }
}

void BreakerState::refuse() const {
  auto failure = why_.value_or(StorageFailure{});
  const auto left = std::chrono::ceil<std::chrono::seconds>(until_ - time_.now());
  failure.retryAfter = std::max(left, std::chrono::seconds(1));
  failure.message += " (not asked again for " + std::to_string(failure.retryAfter->count()) + " s)";
  throw StorageError(std::move(failure));
}

}  // namespace mediadock::http_client
