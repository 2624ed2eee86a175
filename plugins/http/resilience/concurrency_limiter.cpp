#include "http/resilience/concurrency_limiter.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::http_client {

ConcurrencyPermit::ConcurrencyPermit(ConcurrencyLimiter& limit, CallLimits::Clock::time_point since)
    : limit_(&limit),
      since_(since) {}

ConcurrencyPermit::ConcurrencyPermit(ConcurrencyPermit&& other) noexcept
    : limit_(std::exchange(other.limit_, nullptr)),
      since_(other.since_) {}

ConcurrencyPermit::~ConcurrencyPermit() {
  if (limit_ != nullptr) {
    limit_->leave();
  }
}

ConcurrencyLimiter::ConcurrencyLimiter(std::size_t ceiling, TimeSource time)
    : ceiling_(ceiling),
      time_(std::move(time)),
      lowered_(ceiling) {}

ConcurrencyPermit ConcurrencyLimiter::enter(const CallLimits& limits) {
  const auto end = limits.waitEnd();
  std::unique_lock lock(mutex_);
  while (running_ >= allowedNow()) {
    // There is no notification when the limit grows with time.
    const auto look = std::min(end, CallLimits::Clock::now() + std::chrono::milliseconds(500));
    ++waiting_;
    turn_.wait_until(lock, limits.stopToken(), look, [this] { return running_ < allowedNow(); });
    --waiting_;
    limits.check();
    if (running_ >= allowedNow() && CallLimits::Clock::now() >= end) {
      throw StorageError({.code = StorageErrc::Timeout,
                          .message = "no connection became free in time; see 'max_connections'",
                          .retry = Retry::AfterDelay});
    }
  }
  ++running_;
  return {*this, time_.now()};
}

void ConcurrencyLimiter::decrease(CallLimits::Clock::time_point requestSince) {
  const std::lock_guard lock(mutex_);
  if (requestSince <= loweredAt_) {
    return;
  }
  // The refused request may have released its permit already.
  const auto tooMuch = std::min(allowedNow(), running_ + 1);
  lowered_ = std::max<std::size_t>(1, tooMuch / 2);
  loweredAt_ = time_.now();
}

std::size_t ConcurrencyLimiter::allowed() const {
  const std::lock_guard lock(mutex_);
  return allowedNow();
}

bool ConcurrencyLimiter::hasSpareCapacity() const {
  const std::lock_guard lock(mutex_);
  return running_ * 2 < allowedNow();
}

std::size_t ConcurrencyLimiter::allowedNow() const {
  const auto steps = static_cast<std::size_t>((time_.now() - loweredAt_) / kStep);
  return std::min(ceiling_, lowered_ + steps);
}

void ConcurrencyLimiter::leave() noexcept {
  bool isAwaited = false;
  {
    const std::lock_guard lock(mutex_);
    --running_;
    isAwaited = waiting_ > 0;
  }
  if (isAwaited) {
    turn_.notify_one();
  }
}

}  // namespace mediadock::http_client
