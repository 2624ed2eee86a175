#pragma once

/// \file
/// Configuration of proxies, origins, host names and rate limits.

#include "http/addressing/ip_network.h"
#include "http/addressing/origin.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace mediadock::http {

/// A token bucket of `burst` tokens, refilled with one every `interval`.
struct RequestLimit {
  /// 0: no limit.
  std::chrono::nanoseconds interval{0};
  std::uint32_t burst = 0;
};

struct AdmissionSettings {
  /// The path under which a reverse proxy exposes the host, as returned by `parsePublicPath`.
  std::string publicPath;
  /// Proxies whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Prefix` are trusted.
  std::vector<IpNetwork> trustedProxies;
  /// Origins whose pages may use the API.
  std::vector<Origin> allowedOrigins;
  /// Host names under which browsers may reach the server, as `KnownHosts` takes them; empty: any.
  std::vector<std::string> allowedHosts;
  RequestLimit requestLimit;
};

}  // namespace mediadock::http
