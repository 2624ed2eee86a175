#pragma once

/// \file
/// Keeps wrong credentials from being sent again and again: after eleven of them Nextcloud locks
/// out the whole address, right credentials included.

#include "http/resilience/trial_gate.h"
#include "http/resilience/trouble.h"

#include <chrono>
#include <memory>

namespace mediadock {

/// Safe for concurrent use.
class LoginLatch {
 public:
  /// No credentials are sent for so long after a 401; then one call tries.
  static constexpr std::chrono::seconds kRest{60};
  /// The same where the server locked us out, which it does for about half an hour: from `kRest`
  /// doubled up to this.
  static constexpr std::chrono::seconds kLongestRest{900};

  explicit LoginLatch(const TimeSource& time = {});

  /// To be called before credentials are sent. Until they proved good, one call goes at a time.
  /// \throws StorageError `Unauthenticated`, `RateLimited` at once while the latch holds.
  Passage enter(const CallLimits& limits) { return gate_->enter(limits); }

  /// The same for a request without credentials, which can prove nothing.
  void check() { gate_->check(); }

  /// Takes an answer's verdict on the credentials, where it has one.
  static void learn(Passage& passage, Trouble trouble, const StorageFailure& failure);

 private:
  std::shared_ptr<TrialGate> gate_;
};

}  // namespace mediadock
