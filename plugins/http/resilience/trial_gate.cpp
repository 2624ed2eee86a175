#include "http/resilience/trial_gate.h"

#include <algorithm>
#include <utility>

namespace mediadock {

Passage::Passage(std::shared_ptr<TrialGate> gate, unsigned trial)
    : gate_(std::move(gate)),
      trial_(trial) {}

Passage::~Passage() {
  if (!gate_ || trial_ == 0) {
    return;
  }
  {
    const std::lock_guard lock(gate_->mutex_);
    if (gate_->runningTrial_ == trial_) {
      gate_->runningTrial_ = 0;
    }
  }
  gate_->changed_.notify_all();
}

void Passage::succeed() noexcept {
  if (trial_ == 0) {
    return;
  }
  {
    const std::lock_guard lock(gate_->mutex_);
    if (gate_->runningTrial_ == trial_) {
      gate_->runningTrial_ = 0;
      gate_->isOpen_ = true;
    }
  }
  gate_->changed_.notify_all();
}

void Passage::fail(const StorageFailure& why, std::chrono::milliseconds first,
                   std::chrono::milliseconds longest) {
  {
    const std::lock_guard lock(gate_->mutex_);
    const bool isAgain = trial_ != 0 && gate_->runningTrial_ == trial_ && gate_->why_;
    gate_->duration_ = isAgain ? std::clamp(gate_->duration_ * 2, first, longest) : first;
    gate_->until_ = std::max(gate_->until_, gate_->time_.now() + gate_->duration_);
    gate_->isOpen_ = false;
    gate_->why_ = why;
    if (gate_->runningTrial_ == trial_) {
      gate_->runningTrial_ = 0;
    }
  }
  gate_->changed_.notify_all();
}

TrialGate::TrialGate(Start start, TimeSource time)
    : time_(std::move(time)),
      isOpen_(start == Start::Open) {}

Passage TrialGate::enter(const CallLimits& limits) {
  std::unique_lock lock(mutex_);
  // The usual case. Waiting would register at the call's stop token even if nothing is to be waited
  // for.
  if (isOpen_) {
    return {shared_from_this(), 0};
  }
  const bool isDecided = changed_.wait_until(lock, limits.stopToken(), limits.waitEnd(), [this] {
    return isOpen_ || why_ || runningTrial_ == 0;
  });
  if (!isDecided) {
    lock.unlock();
    limits.check();
    throw StorageError({.code = StorageErrc::Timeout,
                        .message = "the storage did not answer the first request in time",
                        .retry = Retry::Safe});
  }
  if (isOpen_) {
    return {shared_from_this(), 0};
  }
  if (runningTrial_ != 0 || time_.now() < until_) {
    refuse();
  }
  runningTrial_ = ++lastTrial_;
  return {shared_from_this(), runningTrial_};
}

void TrialGate::check() {
  const std::lock_guard lock(mutex_);
  if (!isOpen_ && why_ && time_.now() < until_) {
    refuse();
  }
}

void TrialGate::refuse() const {
  auto failure = why_.value_or(StorageFailure{});
  const auto left = std::chrono::ceil<std::chrono::seconds>(until_ - time_.now());
  failure.retryAfter = std::max(left, std::chrono::seconds(1));
  failure.message += " (not asked again for " + std::to_string(failure.retryAfter->count()) + " s)";
  throw StorageError(std::move(failure));
}

}  // namespace mediadock
