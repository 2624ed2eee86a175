#pragma once

/// \file
/// How long to wait before asking again.

#include "http/resilience/time_source.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <mutex>

namespace mediadock {

/// The pause before repeat number `attempt` of a request, counted from 0: up to 200 ms, doubled
/// each time, at most 10 s, of which `chance` (0 to below 1) leaves a part, lest all callers come
/// back at once.
std::chrono::milliseconds retryPause(unsigned attempt, double chance);

/// For what has to pass by itself, such as a lock: 200 ms, doubled with each attempt, at most 10 s,
/// of which a random quarter is left out, so that those who met one lock do not meet again at the
/// next.
std::chrono::milliseconds backOff(unsigned attempt);

/// Waits so long. Returns false, at once, where the call's deadline comes first.
/// \throws StorageError `Cancelled`.
bool backOff(unsigned attempt, const CallLimits& limits);

/// The rest that a server asked for, kept by all callers. Safe for concurrent use.
class ServerCooldown {
 public:
  /// Longest cooldown waited out inside a call; longer ones fail with `retryAfter`.
  static constexpr std::chrono::seconds kLongestWait{5};

  explicit ServerCooldown(TimeSource time = {});

  /// From now on every caller waits that long; `why` is what those are told who cannot.
  void start(std::chrono::seconds duration, const StorageFailure& why);

  /// Waits for the end of the cooldown.
  /// \throws StorageError what `start` was given, where what is left is longer than the call or
  ///   than `kLongestWait`; `Cancelled`, `Timeout`.
  void waitOut(const CallLimits& limits) const;

 private:
  TimeSource time_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  CallLimits::Clock::time_point until_{};
  StorageFailure why_;
};

}  // namespace mediadock
