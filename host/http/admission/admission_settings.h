#pragma once

/// \file
/// Which clients and browsers are believed, and how often one may ask.

#include "http/addressing/ip_network.h"
#include "http/addressing/origin.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace mediadock {

/// A bucket of `burst` tokens that gets one back every `interval`.
struct RequestLimit {
  /// 0: no limit.
  std::chrono::nanoseconds interval{0};
  std::uint32_t burst = 0;
};

struct AdmissionSettings {
  /// The path below which a reverse proxy shows the host, as `parsePublicPath` gives it.
  std::string publicPath;
  /// Whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Prefix` are believed.
  std::vector<IpNetwork> trustedProxies;
  /// Whose pages may use the API.
  std::vector<Origin> allowedOrigins;
  /// The names that browsers may call the server by, as `KnownHosts` takes them; empty: any.
  std::vector<std::string> allowedHosts;
  RequestLimit requestLimit;
};

}  // namespace mediadock
