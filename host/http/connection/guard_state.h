#pragma once

/// \file
/// State shared by the connections of one server socket.

#include "http/connection/descriptor_room.h"
#include "http/connection/lingering_closer.h"
#include "http/connection/parked_connections.h"
#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace mediadock::http::guard {

class ClientConnection;

/// Tracks all open connections, including those that the HTTP server does not know of yet: Poco
/// counts a connection only when a thread picks it up, and does not close one that is picked up
/// while the server stops. Thread-safe.
class OpenConnections {
 public:
  /// \param connection must be removed before it is destroyed.
  void add(ClientConnection& connection);

  void remove(ClientConnection& connection) noexcept;

  std::size_t count() const;

  /// Shuts down all of them, and any added later.
  void endAll();

 private:
  mutable std::mutex mutex_;
  std::unordered_set<ClientConnection*> connections_;
  bool isEnding_ = false;
};

/// Outlives the last connection. Thread-safe.
struct GuardState {
  explicit GuardState(GuardSettings given)
      : settings(std::move(given)),
        lingering(settings.lingerTimeout, settings.lingerBytes, settings.maxLingering) {}

  /// Zero when connections or descriptors are scarce: only parked connections can be closed to make
  /// room for new ones.
  std::chrono::milliseconds threadTimeout() const {
    const auto count = connections.count();
    const bool isCrowded =
        count > settings.maxConnections / 4 * 3 || count > descriptors.fewConnections();
    return isCrowded ? std::chrono::milliseconds(0) : settings.threadTimeout;
  }

  void notifyRefused(const Refusal& refusal, std::string_view requestId,
                     const std::string& peer) const {
    if (settings.onRefused) {
      settings.onRefused({.status = refusal.status,
                          .detail = refusal.detail,
                          .requestId = requestId,
                          .peer = peer});
    }
  }

  const GuardSettings settings;
  const DescriptorRoom descriptors;
  LingeringCloser lingering;
  OpenConnections connections;
  /// Parked connections share ownership of this state, so it is destroyed only after their
  /// `endAll`.
  ParkedConnections parked;
};

}  // namespace mediadock::http::guard
