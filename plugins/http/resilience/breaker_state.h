#pragma once

/// \file
/// Closed/open/half-open state of a circuit breaker; one probe at a time when half-open.

#include "http/resilience/time_source.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace mediadock::http_client {

class BreakerState;

/// The permit of one call. Without `succeed` or `fail` its outcome counts for nothing. May outlive
/// the owner of the state; not thread-safe.
class BreakerPermit {
 public:
  BreakerPermit(std::shared_ptr<BreakerState> state, unsigned probe);
  ~BreakerPermit();

  BreakerPermit(BreakerPermit&& other) noexcept = default;
  BreakerPermit& operator=(BreakerPermit&&) = delete;

  /// Whether this call is the probe of the half-open state.
  bool isProbe() const noexcept { return probe_ != 0; }

  /// Lets all calls through again if this is the probe. Calls admitted before the last failure
  /// prove nothing.
  void succeed() noexcept;

  /// Blocks calls for `first`; after a failed probe for twice as long as before, at most `longest`.
  void fail(const StorageFailure& why, std::chrono::milliseconds first,
            std::chrono::milliseconds longest);

 private:
  std::shared_ptr<BreakerState> state_;
  /// 0: not a probe.
  unsigned probe_;
};

/// Thread-safe.
class BreakerState : public std::enable_shared_from_this<BreakerState> {
 public:
  enum class Start {
    Closed,
    HalfOpen,  ///< One call at a time is the probe; the others wait for its outcome.
  };

  BreakerState(Start start, TimeSource time);

  /// \throws StorageError the failure that blocks calls, with the time left; `Timeout`, `Cancelled`
  ///   while waiting for the first probe.
  BreakerPermit enter(const CallLimits& limits);

  /// For a call that cannot be the probe, as it would prove nothing: throws only while calls are
  /// blocked.
  /// \throws StorageError as `enter`.
  void check();

 private:
  friend class BreakerPermit;

  [[noreturn]] void refuse() const;

  TimeSource time_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  // Guarded by mutex_.
  bool isClosed_;
  /// Absent until the first failure.
  std::optional<StorageFailure> why_;
  CallLimits::Clock::time_point until_{};
  std::chrono::milliseconds duration_{};
  unsigned lastProbe_ = 0;
  /// 0: none.
  unsigned runningProbe_ = 0;
};

}  // namespace mediadock::http_client
