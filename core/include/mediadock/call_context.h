#pragma once

/// \file
/// Deadline, cancellation and request ID of a provider call.

#include <chrono>
#include <stop_token>
#include <string>

namespace mediadock {

/// The limits of one call and a way to end it early. A stream keeps the context of the call that
/// opened it.
struct CallContext {
  using Clock = std::chrono::steady_clock;

  /// When the call must have ended, with `Timeout` if necessary. For a stream this covers opening
  /// it, not reading or writing it: how long that takes is up to the client.
  Clock::time_point deadline = Clock::time_point::max();
  /// Longest time without progress after which a stream fails with `Timeout`.
  std::chrono::milliseconds idleLimit{60000};
  /// Ends the call with `Cancelled`. A provider registers a `std::stop_callback` that wakes
  /// whatever it blocks on (for example `shutdown(2)` on its socket); a blocked call ends within a
  /// second.
  std::stop_token cancellation;
  /// Identifies the client's request in logs and to the storage.
  std::string requestId;
};

}  // namespace mediadock
