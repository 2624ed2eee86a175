#pragma once

/// \file
/// What the connections of one server socket share.

#include "http/connection_guard/descriptor_room.h"
#include "http/connection_guard/guard_settings.h"
#include "http/connection_guard/lingering_closer.h"
#include "http/connection_guard/open_connections.h"
#include "http/connection_guard/parked_connections.h"
#include "http/connection_guard/refusal.h"

#include <string>
#include <string_view>
#include <utility>

namespace mediadock::guard {

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
