#pragma once

/// \file
/// Whether storage and records can be reached; checks at most once a second.

#include "mediadock/call_context.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace mediadock::media {

/// Coalesces concurrent and frequent queries into one check. All calls may run concurrently.
class Readiness {
 public:
  /// \param check throws if something cannot be reached.
  explicit Readiness(std::function<void(const CallContext&)> check) : check_(std::move(check)) {}

  /// Returns the last result if it is less than a second old, otherwise checks again. Concurrent
  /// callers wait for a running check, at most until their deadline
  /// or cancellation.
  bool isReady(const CallContext& context);

 private:
  std::function<void(const CallContext&)> check_;
  std::mutex mutex_;
  std::condition_variable_any checked_;
  /// The rest is guarded by `mutex_`.
  bool isChecking_ = false;
  bool wasReady_ = false;
  CallContext::Clock::time_point validUntil_;
};

}  // namespace mediadock::media
