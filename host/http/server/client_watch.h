#pragma once

/// \file
/// Ends what is done for clients that have left.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace mediadock {

/// Looks once a second at the connections of requests that take that long already. A client that
/// has closed its side has left, as nginx sees it, too. Safe for concurrent use; must outlive its
/// visits.
class ClientWatch {
 public:
  static constexpr std::chrono::milliseconds kInterval{1000};

  ClientWatch();

  ClientWatch(const ClientWatch&) = delete;
  ClientWatch& operator=(const ClientWatch&) = delete;

  /// One request on its connection, from construction to destruction.
  class Visit {
   public:
    /// \param descriptor the connection's; stays open meanwhile.
    /// \param end ends the visit, too.
    Visit(ClientWatch& watch, int descriptor, const std::stop_token& end);
    ~Visit();

    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    /// Requested once the client has left, or at the end.
    std::stop_token token() const { return source_.get_token(); }

    /// From now on the client shows by what is sent whether it is there. Harmless when repeated.
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
    /// Among the watch's visits; both are guarded by its mutex.
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

}  // namespace mediadock
