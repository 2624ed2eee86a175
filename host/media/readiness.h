#pragma once

/// \file
/// Whether storage and records can be reached, asked no more than once a second.

#include "mediadock/call_context.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace mediadock {

/// Keeps many questions from becoming many checks. All calls may run concurrently.
class Readiness {
 public:
  /// \param check throws where something cannot be reached.
  explicit Readiness(std::function<void(const CallContext&)> check) : check_(std::move(check)) {}

  /// The last answer where it is younger than a second, else a new one. Callers that come while it
  /// is being found out wait for it, at most until their deadline or cancellation.
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

}  // namespace mediadock
