#include "http/connection/guard_state.h"

#include "http/connection/client_connection.h"

namespace mediadock::http::guard {

void OpenConnections::add(ClientConnection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.insert(&connection);
  if (isEnding_) {
    connection.shutdown();
  }
}

void OpenConnections::remove(ClientConnection& connection) noexcept {
  const std::lock_guard lock(mutex_);
  connections_.erase(&connection);
}

std::size_t OpenConnections::count() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

void OpenConnections::endAll() {
  const std::lock_guard lock(mutex_);
  isEnding_ = true;
  for (ClientConnection* connection : connections_) {
    connection->shutdown();
  }
}

}  // namespace mediadock::http::guard
