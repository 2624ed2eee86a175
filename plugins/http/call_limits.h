#pragma once

/// \file
/// Deadline, idle limit and cancellation of one provider call or stream.

#include "mediadock/call_context.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

namespace mediadock::http_client {

/// Combines the caller's deadline and cancellation with the provider's shutdown. `stopToken` may be
/// called from any thread, the rest only from the call's own.
///
/// A call ends if it makes no progress within the idle limit. Receiving bytes alone is not
/// progress: a server may send them forever without completing anything.
class CallLimits {
 public:
  using Clock = CallContext::Clock;

  CallLimits(const CallContext& context, const std::stop_token& shutdown,
             std::chrono::milliseconds ioTimeout);

  /// For another thread that works for the same call; `end` cancels only that thread's work.
  CallLimits(const CallLimits& call, const std::stop_token& end);

  CallLimits(const CallLimits&) = delete;
  CallLimits& operator=(const CallLimits&) = delete;

  /// From now on only the idle limit applies: how long a stream takes is up to the client.
  void startStreaming() noexcept { isStreaming_ = true; }

  /// Restarts the idle limit: a step was completed, or begins.
  void progress() const noexcept { progressAt_ = Clock::now(); }

  /// Excludes `duration` from the idle time: the caller spent it, not the server.
  void excuse(Clock::duration duration) const noexcept { progressAt_ += duration; }

  /// While it exists, waits end at `until` at the latest, with `Timeout`. Must not be nested.
  class Until {
   public:
    Until(const CallLimits& limits, Clock::time_point until) noexcept : limits_(limits) {
      limits_.until_ = until;
    }

    ~Until() { limits_.until_ = Clock::time_point::max(); }

    Until(const Until&) = delete;
    Until& operator=(const Until&) = delete;

   private:
    const CallLimits& limits_;
  };

  /// Extends the idle limit by `more` from now on, for a server that is processing what it
  /// received.
  void allowSilence(std::chrono::milliseconds more) noexcept { silence_ = more; }

  /// Whether the deadline is further away than `duration`.
  bool leaves(std::chrono::milliseconds duration) const;

  /// When a wait that starts now must end.
  Clock::time_point waitEnd() const { return std::min(until_, end()); }

  /// When the call ends unless there is progress.
  Clock::time_point end() const;

  /// \throws StorageError `Cancelled`, or `Timeout` if `end` has passed.
  void check() const;

  /// Sleeps, unless the call ends earlier.
  /// \throws StorageError as `check`.
  void pause(std::chrono::milliseconds duration) const;

  /// Requested when the caller cancels or the provider shuts down.
  const std::stop_token& stopToken() const noexcept { return either_; }

  const std::string& requestId() const noexcept { return requestId_; }

 private:
  struct Forward {
    std::stop_source target;

    void operator()() noexcept { target.request_stop(); }
  };

  Clock::time_point deadline_;
  mutable Clock::time_point progressAt_ = Clock::now();
  mutable Clock::time_point until_ = Clock::time_point::max();
  std::chrono::milliseconds standstill_;
  std::chrono::milliseconds silence_{0};
  std::string requestId_;
  bool isStreaming_ = false;
  std::stop_source source_;
  std::stop_token either_;
  std::stop_callback<Forward> onCancellation_;
  std::stop_callback<Forward> onShutdown_;
};

}  // namespace mediadock::http_client
