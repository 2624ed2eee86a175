#pragma once

/// \file
/// Scheme, host and port of a server.

#include <cstdint>
#include <string>

namespace mediadock::http_client {

/// Our credentials are sent to this origin only.
struct Origin {
  bool isTls = false;
  std::string host;
  std::uint16_t port = 80;

  /// `host`, or `host:port` if the port is not the scheme's default (RFC 9110 §7.2).
  std::string authority() const;

  /// `https://authority`.
  std::string str() const;

  friend bool operator==(const Origin&, const Origin&) = default;
};

}  // namespace mediadock::http_client
