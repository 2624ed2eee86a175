#pragma once

/// \file
/// IP addresses as values.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::http {

/// An IPv4 or IPv6 address. An IPv4 address equals its IPv4-mapped IPv6 form, which a dual-stack
/// socket reports.
class IpAddress {
 public:
  /// `::`, the unspecified address.
  IpAddress() noexcept = default;

  /// Accepts dotted-decimal IPv4 or IPv6, without brackets, port or zone. Legacy forms such as
  /// `127.1` and `0177.0.0.1` are rejected. Returns nullopt for anything else.
  static std::optional<IpAddress> parse(std::string_view text);

  /// Four or sixteen bytes in network order; `::` for any other number.
  static IpAddress fromBytes(std::span<const std::uint8_t> bytes) noexcept;

  bool isIpv4() const noexcept;

  /// The address with all but the first `bits` of its 128 bits cleared; the bits of an IPv4 address
  /// follow a prefix of 96.
  IpAddress masked(unsigned bits) const noexcept;

  std::string str() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace mediadock::http
