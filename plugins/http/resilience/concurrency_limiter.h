#pragma once

/// \file
/// AIMD limiter of concurrent requests.

#include "http/resilience/time_source.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace mediadock::http_client {

class ConcurrencyLimiter;

/// A permit to run one request; released on destruction.
class ConcurrencyPermit {
 public:
  ConcurrencyPermit(ConcurrencyLimiter& limit, CallLimits::Clock::time_point since);
  ~ConcurrencyPermit();

  ConcurrencyPermit(ConcurrencyPermit&& other) noexcept;
  ConcurrencyPermit& operator=(ConcurrencyPermit&&) = delete;

  CallLimits::Clock::time_point since() const noexcept { return since_; }

 private:
  ConcurrencyLimiter* limit_;
  CallLimits::Clock::time_point since_;
};

/// Additive increase, multiplicative decrease, between 1 and `ceiling`. The limit grows with time
/// rather than with success, since a stalled download may hold the last permit. Thread-safe; must
/// outlive its tickets.
class ConcurrencyLimiter {
 public:
  /// Interval at which the limit grows by one after a decrease.
  static constexpr std::chrono::seconds kStep{2};

  explicit ConcurrencyLimiter(std::size_t ceiling, TimeSource time = {});

  /// Waits for a permit.
  /// \throws StorageError `Timeout`, `Cancelled`.
  ConcurrencyPermit enter(const CallLimits& limits);

  /// Decreases the limit: the server is overloaded. No-op for a request from before the last
  /// decrease, so that a burst counts once.
  void decrease(CallLimits::Clock::time_point requestSince);

  /// The current limit.
  std::size_t allowed() const;

  /// Whether fewer than half of the allowed requests are running.
  bool hasSpareCapacity() const;

 private:
  friend class ConcurrencyPermit;

  std::size_t allowedNow() const;
  void leave() noexcept;

  std::size_t ceiling_;
  TimeSource time_;
  mutable std::mutex mutex_;
  std::condition_variable_any turn_;
  // Guarded by mutex_.
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  std::size_t lowered_;
  CallLimits::Clock::time_point loweredAt_{};
};

}  // namespace mediadock::http_client
