#pragma once

/// \file
/// Who the client is behind proxies, and what it sees of the host: `X-Forwarded-For`,
/// `X-Forwarded-Proto` and `X-Forwarded-Prefix`, which anybody may send, and which are believed
/// from some networks only.

#include "http/addressing/ip_network.h"
#include "http/exchange/client.h"
#include "http/syntax/headers.h"

#include <utility>
#include <vector>

namespace mediadock {

/// Immutable after construction.
class TrustedProxies {
 public:
  explicit TrustedProxies(std::vector<IpNetwork> networks) : networks_(std::move(networks)) {}

  /// The peer itself, unless it is a trusted proxy. Then the nearest address in front of the
  /// trusted ones, for what stands further left may be made up; an entry that is no address ends
  /// the search at the proxy that named it. A prefix takes the place of the peer's `publicPath` if
  /// there is exactly one, and it is a path.
  Client clientOf(const Client& peer, const Headers& headers) const;

 private:
  bool isTrusted(const IpAddress& address) const noexcept;

  std::vector<IpNetwork> networks_;
};

}  // namespace mediadock
