#include "http/admission/trusted_proxies.h"

#include "http/addressing/public_path.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {
namespace {

/// Parses an address, to which some proxies append the client's port.
std::optional<IpAddress> parseHop(std::string_view hop) {
  if (hop.starts_with('[')) {
    return IpAddress::parse(hop.substr(1, std::max(hop.find(']'), std::size_t{1}) - 1));
  }
  const std::size_t colon = hop.find(':');
  const bool hasPort = colon != std::string_view::npos && colon == hop.rfind(':');
  return IpAddress::parse(hasPort ? hop.substr(0, colon) : hop);
}

}  // namespace

Client TrustedProxies::clientOf(const Client& peer, const Headers& headers) const {
  if (!isTrusted(peer.address)) {
    return peer;
  }
  Client client = peer;
  const std::string path = headers.joined("X-Forwarded-For").value_or("");
  const auto hops = listMembers(path);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const auto address = parseHop(*hop);
    if (!address) {
      break;
    }
    client.address = *address;
    if (!isTrusted(*address)) {
      break;
    }
  }
  const std::string schemes = headers.joined("X-Forwarded-Proto").value_or("");
  if (const auto list = listMembers(schemes); !list.empty()) {
    client.isSecure = base::equalsIgnoringCase(list.back(), "https");
  }
  if (const auto prefixes = headers.all("X-Forwarded-Prefix"); prefixes.size() == 1) {
    client.publicPath = parsePublicPath(prefixes.front()).value_or(client.publicPath);
  }
  return client;
}

bool TrustedProxies::isTrusted(const IpAddress& address) const noexcept {
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const IpNetwork& network) { return network.contains(address); });
}

}  // namespace mediadock::http
