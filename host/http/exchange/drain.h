#pragma once

/// \file
/// Requests in flight, and how the server gets rid of them when it stops.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>

namespace mediadock {

/// All calls may run concurrently.
class Drain {
 public:
  /// Counts one request as long as it lives.
  class InFlight {
   public:
    explicit InFlight(Drain& drain);

    ~InFlight() { release(); }

    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

    /// Counts it no longer. Harmless when repeated; one thread at a time.
    void release() noexcept;

   private:
    Drain& drain_;
    bool isCounted_ = true;
  };

  /// From now on answers close their connection and the server says that it is not ready.
  void begin() noexcept { isDraining_ = true; }

  bool isDraining() const noexcept { return isDraining_; }

  /// Waits until no request is in flight, at most for `limit`. Returns whether there is none.
  bool waitUntilIdle(std::chrono::seconds limit);

  /// Ends what requests in flight wait for.
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

}  // namespace mediadock
