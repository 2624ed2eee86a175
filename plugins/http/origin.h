#pragma once

/// \file
/// Which server a client speaks to.

#include <cstdint>
#include <string>

namespace mediadock {

/// Scheme, host and port: the only place that our credentials go to.
struct Origin {
  bool isTls = false;
  std::string host;
  std::uint16_t port = 80;

  /// `host`, or `host:port` where the port is not the scheme's own (RFC 9110 §7.2).
  std::string authority() const;

  /// `https://authority`.
  std::string str() const;

  friend bool operator==(const Origin&, const Origin&) = default;
};

}  // namespace mediadock
