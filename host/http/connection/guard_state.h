#pragma once

/// \file
/// What the connections of one server socket share.

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

namespace mediadock::guard {

class ClientConnection;

/// Knows the connections that are open now, also where the server above does not yet: Poco counts a
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

/// Outlives the last connection. All calls may run at once.
struct GuardState {
  explicit GuardState(GuardSettings given)
      : settings(std::move(given)),
        lingering(settings.lingerTimeout, settings.lingerBytes, settings.maxLingering) {}

  /// None where room is short: only parked connections give way to new ones.
  std::chrono::milliseconds threadPatience() const {
    const auto count = connections.count();
    const bool isCrowded =
        count > settings.maxConnections / 4 * 3 || count > descriptors.fewConnections();
    return isCrowded ? std::chrono::milliseconds(0) : settings.threadPatience;
  }

  void tell(const Refusal& refusal, std::string_view requestId, const std::string& peer) const {
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
  /// Their connections share this state: it goes only after `endAll` of them.
  ParkedConnections parked;
};

}  // namespace mediadock::guard
