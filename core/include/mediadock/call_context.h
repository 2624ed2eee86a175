#pragma once

/// \file
/// What travels with every provider call.

#include <chrono>
#include <stop_token>
#include <string>

namespace mediadock {

/// The limits of one call and the means to end it early. A stream keeps the context of the call
/// that opened it.
struct CallContext {
  using Clock = std::chrono::steady_clock;

  /// When a call that is not a stream must have ended, with `Timeout` if need be. Opening a stream
  /// counts; reading and writing it does not, for its length is the client's affair.
  Clock::time_point deadline = Clock::time_point::max();
  /// The longest that a stream may stand still before it ends with `Timeout`.
  std::chrono::milliseconds idleLimit{60000};
  /// Ends the call with `Cancelled`. A provider registers a `std::stop_callback` that wakes what
  /// it blocks on (`shutdown(2)` on its socket, say); a blocked call ends within a second.
  std::stop_token cancellation;
  /// Names the client's request, for logs and for the storage.
  std::string requestId;
};

}  // namespace mediadock
