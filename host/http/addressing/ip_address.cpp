#include "http/addressing/ip_address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>

namespace mediadock::http {
namespace {

constexpr std::size_t kIpv4Bytes = 4;
/// The prefix of IPv4-mapped IPv6 addresses (RFC 4291 §2.5.5.2).
constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string ended(text);
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET, ended.c_str(), bytes.data()) == 1) {
    return fromBytes(std::span(bytes).first(kIpv4Bytes));
  }
  if (inet_pton(AF_INET6, ended.c_str(), bytes.data()) == 1) {
    return fromBytes(bytes);
  }
  return std::nullopt;
}

IpAddress IpAddress::fromBytes(std::span<const std::uint8_t> bytes) noexcept {
  IpAddress address;
  if (bytes.size() == kIpv4Bytes) {
    std::copy(kMapped.begin(), kMapped.end(), address.bytes_.begin());
    std::copy(bytes.begin(), bytes.end(), address.bytes_.begin() + kMapped.size());
  } else if (bytes.size() == address.bytes_.size()) {
    std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
  }
  return address;
}

bool IpAddress::isIpv4() const noexcept {
  return std::equal(kMapped.begin(), kMapped.end(), bytes_.begin());
}

IpAddress IpAddress::masked(unsigned bits) const noexcept {
  IpAddress network = *this;
  for (unsigned i = 0; i < network.bytes_.size(); ++i) {
    const unsigned prefixBits = std::clamp(bits, 8 * i, 8 * i + 8) - 8 * i;
    network.bytes_[i] &= static_cast<std::uint8_t>(0xFF00U >> prefixBits);
  }
  return network;
}

std::string IpAddress::str() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool isShort = isIpv4();
  inet_ntop(isShort ? AF_INET : AF_INET6, bytes_.data() + (isShort ? kMapped.size() : 0),
            text.data(), text.size());
  return text.data();
}

}  // namespace mediadock::http
