#pragma once

/// \file
/// Internet addresses as values.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// An address of either version. An IPv4 address and the same one mapped into IPv6, as which a
/// client of a socket for both shows up, are equal.
class IpAddress {
 public:
  /// `::`, which is nobody's.
  IpAddress() noexcept = default;

  /// Takes what stands for one address and nothing else: four decimal numbers or IPv6, without
  /// brackets, port or zone. Old forms such as `127.1` and `0177.0.0.1` are none.
  static std::optional<IpAddress> parse(std::string_view text);

  /// Four bytes or sixteen, in network order; of another number the result is `::`.
  static IpAddress fromBytes(std::span<const std::uint8_t> bytes) noexcept;

  bool isIpv4() const noexcept;

  /// The address with all bits zero behind the first `bits` of its 128; an IPv4 address has 96 in
  /// front of its own.
  IpAddress masked(unsigned bits) const noexcept;

  std::string str() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace mediadock
