#pragma once

/// \file
/// Cancels requests whose clients have disconnected.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace mediadock::http {

/// Once a second checks the connections of requests older than that. A client that has closed its
/// sending side counts as gone, as in nginx. Thread-safe; must outlive its visits.
class ClientWatch {
 public:
  static constexpr std::chrono::milliseconds kInterval{1000};

  ClientWatch();

  ClientWatch(const ClientWatch&) = delete;
  ClientWatch& operator=(const ClientWatch&) = delete;

  /// One request on its connection, from construction to destruction.
  class Visit {
   public:
    /// \param descriptor the connection's; must stay open for the lifetime of the visit.
    /// \param end also cancels the visit.
    Visit(ClientWatch& watch, int descriptor, const std::stop_token& end);
    ~Visit();

    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    /// Stop is requested once the client has disconnected or `end` fires.
    std::stop_token token() const { return source_.get_token(); }

    /// Stops polling: from now on failing sends show that the client is gone. Idempotent.
    void stopLooking();

   private:
    friend class ClientWatch;

    struct Forward {
      std::stop_source target;

      void operator()() noexcept { target.request_stop(); }
    };

    ClientWatch& watch_;
    const int descriptor_;
    const std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    std::stop_source source_;
    std::stop_callback<Forward> onEnd_;
    /// Index in the watch's `visits_`. This and `isWatched_` are guarded by its mutex.
    std::size_t place_ = 0;
    bool isWatched_ = true;
  };

 private:
  void look();

  std::mutex mutex_;
  std::condition_variable_any tick_;
  // Guarded by mutex_.
  std::vector<Visit*> visits_;
  std::jthread thread_;
};

}  // namespace mediadock::http
