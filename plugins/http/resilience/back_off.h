#pragma once

/// \file
/// Pauses before retries, and the cooldown that a server asks for.

#include "http/resilience/time_source.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <mutex>

namespace mediadock::http_client {

/// The pause before retry number `attempt` (from 0): `chance` (0 to below 1) times an upper bound
/// of 200 ms, doubled with each attempt, at most 10 s. Full jitter, so that callers do not return
/// at the same time.
std::chrono::milliseconds retryPause(unsigned attempt, double chance);

/// The pause while waiting for a condition such as a lock to end: 200 ms, doubled with each
/// attempt, at most 10 s, less up to a quarter at random, so that callers who met at one lock do
/// not meet again at the next.
std::chrono::milliseconds backOff(unsigned attempt);

/// Sleeps that long. Returns false, immediately, if the call's deadline comes first.
/// \throws StorageError `Cancelled`.
bool backOff(unsigned attempt, const CallLimits& limits);

/// The cooldown that a server asked for, shared by all callers. Thread-safe.
class ServerCooldown {
 public:
  /// Longest cooldown waited out inside a call; longer ones fail with `retryAfter`.
  static constexpr std::chrono::seconds kLongestWait{5};

  explicit ServerCooldown(TimeSource time = {});

  /// All callers wait for `duration` from now on; those that cannot wait get `why`.
  void start(std::chrono::seconds duration, const StorageFailure& why);

  /// Waits for the end of the cooldown.
  /// \throws StorageError the `why` of `start` if the remaining cooldown exceeds the call's limits
  ///   or `kLongestWait`; `Cancelled`, `Timeout`.
  void waitOut(const CallLimits& limits) const;

 private:
  TimeSource time_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  CallLimits::Clock::time_point until_{};
  StorageFailure why_;
};

}  // namespace mediadock::http_client
