#pragma once

/// \file
/// Who the client is behind proxies: `X-Forwarded-For` and `X-Forwarded-Proto`, which anybody may
/// send, and which are believed from some networks only.

#include "http/addressing/ip_network.h"
#include "http/client.h"
#include "http/headers.h"

#include <utility>
#include <vector>

namespace mediadock {

/// Immutable after construction.
class TrustedProxies {
 public:
  explicit TrustedProxies(std::vector<IpNetwork> networks) : networks_(std::move(networks)) {}

  /// The peer itself, unless it is a trusted proxy. Then the nearest address in front of the
  /// trusted ones, for what stands further left may be made up; an entry that is no address ends
  /// the search at the proxy that named it.
  Client clientOf(const Client& peer, const Headers& headers) const;

 private:
  bool isTrusted(const IpAddress& address) const noexcept;

  std::vector<IpNetwork> networks_;
};

}  // namespace mediadock
