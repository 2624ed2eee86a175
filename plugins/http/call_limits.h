#pragma once

/// \file
/// How long one provider call, or one stream, may still wait, and what ends it early.

#include "mediadock/call_context.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

namespace mediadock {

/// Joins the caller's deadline and cancellation with the provider's shutdown. `stopToken` may be
/// used from any thread, the rest by the call's own.
///
/// A call ends where it makes no progress for the idle limit. Received bytes alone are no progress:
/// a server may send them for ever without coming to anything.
class CallLimits {
 public:
  using Clock = CallContext::Clock;

  CallLimits(const CallContext& context, const std::stop_token& shutdown,
             std::chrono::milliseconds ioTimeout);

  /// For another thread that works for the same call; `end` ends its work alone.
  CallLimits(const CallLimits& call, const std::stop_token& end);

  CallLimits(const CallLimits&) = delete;
  CallLimits& operator=(const CallLimits&) = delete;

  /// From now on only standing still ends it: the length of a stream is the client's affair.
  void startStreaming() noexcept { isStreaming_ = true; }

  /// Something was achieved, or begins: the idle limit starts anew.
  void progress() const noexcept { progressAt_ = Clock::now(); }

  /// `duration` of the time since the last progress was spent by our caller, not by the server.
  void excuse(Clock::duration duration) const noexcept { progressAt_ += duration; }

  /// While it lives, waits end at `until` at the latest, with `Timeout`. Not to be nested.
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

  /// From now on the server may be silent for so much longer: it is at work on what it has.
  void allowSilence(std::chrono::milliseconds more) noexcept { silence_ = more; }

  /// Whether the deadline is further away than `duration`.
  bool leaves(std::chrono::milliseconds duration) const;

  /// When a wait that begins now has to end.
  Clock::time_point waitEnd() const { return std::min(until_, end()); }

  /// When the call ends without progress.
  Clock::time_point end() const;

  /// \throws StorageError `Cancelled`, or `Timeout` where `end` is over.
  void check() const;

  /// Sleeps, unless the call ends before.
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

}  // namespace mediadock
