#pragma once

/// \file
/// Connections that nothing is asked on, without a thread.

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mediadock::guard {

class ClientConnection;

/// Holds connections until their clients send something, close, or have been silent for too long.
/// All calls may run at once.
class ParkedConnections {
 public:
  using Clock = std::chrono::steady_clock;
  using Pointer = std::unique_ptr<ClientConnection>;

  /// \throws std::system_error where the system gives no epoll set.
  ParkedConnections();
  /// Closes all.
  ~ParkedConnections();

  ParkedConnections(const ParkedConnections&) = delete;
  ParkedConnections& operator=(const ParkedConnections&) = delete;

  /// Readable while `takeReady` may have something to give.
  int descriptor() const noexcept { return epoll_; }

  /// Keeps the connection until `deadline`; closes it where that is not possible.
  void park(Pointer connection, Clock::time_point deadline);

  /// Gives out those whose clients have sent something; closes those whose clients have only ended.
  std::vector<Pointer> takeReady();

  /// Closes those whose time is over. Returns when the next one's is, if there is one.
  std::optional<Clock::time_point> closeExpired();

  /// Closes the one that has been here for longest; one that has just come is about to be asked
  /// something. Returns false where there is none.
  bool closeOne();

  /// Closes all, and each that is parked from now on.
  void endAll();

 private:
  struct Parked {
    Pointer connection;
    Clock::time_point deadline;
    Clock::time_point since;
  };

  bool watch(const ClientConnection& connection) const noexcept;
  Pointer remove(ClientConnection* connection);
  Pointer removeSilent(ClientConnection* connection);

  const int epoll_;
  std::mutex mutex_;
  /// The rest is guarded by `mutex_`. Connections are closed outside of it: over TLS that sends.
  std::unordered_map<ClientConnection*, Parked> connections_;
  std::set<std::pair<Clock::time_point, ClientConnection*>> deadlines_;
  std::set<std::pair<Clock::time_point, ClientConnection*>> arrivals_;
  bool isEnding_ = false;
};

}  // namespace mediadock::guard
