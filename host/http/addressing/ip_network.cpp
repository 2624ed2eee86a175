#include "http/addressing/ip_network.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string>

namespace mediadock::http {
namespace {

constexpr unsigned kAllBits = 128;

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument("'" + std::string(text) + "' " + why);
}

std::optional<unsigned> parseBits(std::string_view text, unsigned most) {
  unsigned bits = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, bits);
  const bool isNumber = error == std::errc() && stop == end;
  return isNumber && bits <= most ? std::optional(bits) : std::nullopt;
}

}  // namespace

IpNetwork IpNetwork::parse(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) {
    refuse(text, "is no network such as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1");
  }
  if (slash == text.size()) {
    return {*address, kAllBits};
  }
  const unsigned own = text.find(':') == std::string_view::npos ? 32 : kAllBits;
  const auto bits = parseBits(text.substr(slash + 1), own);
  if (!bits) {
    refuse(text, "has no number from 0 to " + std::to_string(own) + " behind its slash");
  }
  const IpNetwork network(address->masked(kAllBits - own + *bits), kAllBits - own + *bits);
  if (network.address_ != *address) {
    refuse(text, "has bits behind its prefix; " + network.address_.str() + "/" +
                     std::to_string(*bits) + " would be the network");
  }
  return network;
}

}  // namespace mediadock::http
