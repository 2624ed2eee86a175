#pragma once

/// \file
/// Holds idle connections without occupying a thread.

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mediadock::http::guard {

class ClientConnection;

/// Holds connections until their clients send something, close, or exceed the idle timeout.
/// Thread-safe.
class ParkedConnections {
 public:
  using Clock = std::chrono::steady_clock;
  using Pointer = std::unique_ptr<ClientConnection>;

  /// \throws std::system_error if no epoll instance can be created.
  ParkedConnections();
  /// Closes all.
  ~ParkedConnections();

  ParkedConnections(const ParkedConnections&) = delete;
  ParkedConnections& operator=(const ParkedConnections&) = delete;

  /// Readable while `takeReady` may have something to return.
  int descriptor() const noexcept { return epoll_; }

  /// Holds the connection until `deadline`; closes it if that is not possible.
  void park(Pointer connection, Clock::time_point deadline);

  /// Returns those whose clients have sent something; closes those whose clients have closed
  /// without sending anything.
  std::vector<Pointer> takeReady();

  /// Closes those past their deadline. Returns the next deadline, if any.
  std::optional<Clock::time_point> closeExpired();

  /// Closes the one parked longest, since a new one is likely to get a request soon. Returns false
  /// if none can be closed.
  bool closeOne();

  /// Closes all, and any parked later.
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
  /// The rest is guarded by `mutex_`. Connections are closed without holding it: over TLS closing
  /// sends.
  std::unordered_map<ClientConnection*, Parked> connections_;
  std::set<std::pair<Clock::time_point, ClientConnection*>> deadlines_;
  std::set<std::pair<Clock::time_point, ClientConnection*>> arrivals_;
  bool isEnding_ = false;
};

}  // namespace mediadock::http::guard
