#pragma once

/// \file
/// Determines the client behind reverse proxies from `X-Forwarded-For`, `X-Forwarded-Proto` and
/// `X-Forwarded-Prefix`, which are trusted only from configured networks.

#include "http/addressing/ip_network.h"
#include "http/exchange/client.h"
#include "http/syntax/headers.h"

#include <utility>
#include <vector>

namespace mediadock::http {

/// Immutable after construction.
class TrustedProxies {
 public:
  explicit TrustedProxies(std::vector<IpNetwork> networks) : networks_(std::move(networks)) {}

  /// The peer itself, unless it is a trusted proxy. Then the rightmost address in `X-Forwarded-For`
  /// that is not a trusted proxy's, since anything further left may be forged; an entry that is not
  /// an address ends the search at the proxy that added it. `X-Forwarded-Prefix` replaces the
  /// peer's `publicPath` if there is exactly one and it is a valid path.
  Client clientOf(const Client& peer, const Headers& headers) const;

 private:
  bool isTrusted(const IpAddress& address) const noexcept;

  std::vector<IpNetwork> networks_;
};

}  // namespace mediadock::http
