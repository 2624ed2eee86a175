#pragma once

/// \file
/// Stops sending credentials after a failed login: after eleven wrong logins Nextcloud locks out
/// the client's address, even with the right credentials.

#include "http/resilience/breaker_state.h"
#include "http/resilience/server_condition.h"

#include <chrono>
#include <memory>

namespace mediadock::http_client {

/// Thread-safe.
class AuthFailureBackoff {
 public:
  /// Cooldown after a 401, during which no credentials are sent; then one call tries.
  static constexpr std::chrono::seconds kCooldown{60};
  /// Longest cooldown after a lockout, which lasts about half an hour at the server: starts at
  /// `kCooldown` and doubles up to this.
  static constexpr std::chrono::seconds kLongestCooldown{900};

  explicit AuthFailureBackoff(const TimeSource& time = {});

  /// Call before credentials are sent. Until they proved valid, one call at a time is let through.
  /// \throws StorageError `Unauthenticated`, `RateLimited` immediately during the cooldown.
  BreakerPermit enter(const CallLimits& limits) { return state_->enter(limits); }

  /// The same for a request without credentials, which proves nothing about them.
  void check() { state_->check(); }

  /// Records what a response says about the credentials, if anything.
  static void learn(BreakerPermit& permit, ServerCondition condition,
                    const StorageFailure& failure);

 private:
  std::shared_ptr<BreakerState> state_;
};

}  // namespace mediadock::http_client
