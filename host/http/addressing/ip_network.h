#pragma once

/// \file
/// IP networks in CIDR notation (RFC 4632).

#include "http/addressing/ip_address.h"

#include <string_view>

namespace mediadock::http {

/// All addresses with a common prefix.
class IpNetwork {
 public:
  /// Parses `ADDRESS/BITS`, or a single `ADDRESS`.
  /// \throws std::invalid_argument with the reason, also if bits after the prefix are set.
  static IpNetwork parse(std::string_view text);

  bool contains(const IpAddress& address) const noexcept {
    return address.masked(bits_) == address_;
  }

 private:
  IpNetwork(const IpAddress& address, unsigned bits) : address_(address), bits_(bits) {}

  IpAddress address_;
  /// Of 128, also for an IPv4 address.
  unsigned bits_;
};

}  // namespace mediadock::http
