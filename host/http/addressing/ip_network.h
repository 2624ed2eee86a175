#pragma once

/// \file
/// Networks in the notation of RFC 4632.

#include "http/addressing/ip_address.h"

#include <string_view>

namespace mediadock {

/// All addresses that begin with the same bits.
class IpNetwork {
 public:
  /// `ADDRESS/BITS`, or an `ADDRESS` by itself.
  /// \throws std::invalid_argument that says what is wrong with it, bits behind the prefix
  /// included.
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

}  // namespace mediadock
