#pragma once

/// \file
/// Stops sending credentials after a failed login: after eleven wrong logins Nextcloud locks out
/// the client's address, even with the right credentials.

#include "http/resilience/trial_gate.h"
#include "http/resilience/trouble.h"

#include <chrono>
#include <memory>

namespace mediadock {

/// Thread-safe.
class LoginLatch {
 public:
  /// Cooldown after a 401, during which no credentials are sent; then one call tries.
  static constexpr std::chrono::seconds kRest{60};
  /// Longest cooldown after a lockout, which lasts about half an hour at the server: starts at
  /// `kRest` and doubles up to this.
  static constexpr std::chrono::seconds kLongestRest{900};

  explicit LoginLatch(const TimeSource& time = {});

  /// Call before credentials are sent. Until they proved valid, one call at a time is let through.
  /// \throws StorageError `Unauthenticated`, `RateLimited` immediately during the cooldown.
  Passage enter(const CallLimits& limits) { return gate_->enter(limits); }

  /// The same for a request without credentials, which proves nothing about them.
  void check() { gate_->check(); }

  /// Records what a response says about the credentials, if anything.
  static void learn(Passage& passage, Trouble trouble, const StorageFailure& failure);

 private:
  std::shared_ptr<TrialGate> gate_;
};

}  // namespace mediadock
