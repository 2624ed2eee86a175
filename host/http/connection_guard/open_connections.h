#pragma once

/// \file
/// The connections of one server socket.

#include <cstddef>
#include <mutex>
#include <unordered_set>

namespace mediadock::guard {

class ClientConnection;

/// Knows those that are open now, also where the server above does not yet: Poco counts a
/// connection when a thread takes it up, and one that is taken up while the server stops is told by
/// nobody. All calls may run at once.
class OpenConnections {
 public:
  /// \param connection must be removed before it is destroyed.
  void add(ClientConnection& connection);

  void remove(ClientConnection& connection) noexcept;

  std::size_t count() const;

  /// Shuts all of them down, and each that is added from now on.
  void endAll();

 private:
  mutable std::mutex mutex_;
  std::unordered_set<ClientConnection*> connections_;
  bool isEnding_ = false;
};

}  // namespace mediadock::guard
