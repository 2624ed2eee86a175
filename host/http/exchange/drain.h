#pragma once

/// \file
/// Tracks requests in flight, and drains or cancels them when the server stops.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>

namespace mediadock::http {

/// Thread-safe.
class Drain {
 public:
  /// Counts one request for its lifetime.
  class InFlight {
   public:
    explicit InFlight(Drain& drain);

    ~InFlight() { release(); }

    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

    /// Stops counting it. Idempotent; not thread-safe.
    void release() noexcept;

   private:
    Drain& drain_;
    bool isCounted_ = true;
  };

  /// From now on responses close their connection and `/readyz` reports not ready.
  void begin() noexcept { isDraining_ = true; }

  bool isDraining() const noexcept { return isDraining_; }

  /// Waits at most `limit` until no request is in flight. Returns whether none is.
  bool waitUntilIdle(std::chrono::seconds limit);

  /// Cancels whatever requests in flight are waiting for.
  void cancel() { cancellation_.request_stop(); }

  std::stop_token cancellation() const { return cancellation_.get_token(); }

 private:
  std::atomic<bool> isDraining_ = false;
  std::stop_source cancellation_;
  std::mutex mutex_;
  std::condition_variable becameIdle_;
  /// Guarded by `mutex_`.
  std::size_t inFlight_ = 0;
};

}  // namespace mediadock::http
