#include "http/addressing/origin.h"

#include "base/text.h"
#include "http/addressing/ip_address.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace mediadock::http {
namespace {

constexpr std::string_view kAuthorityMark = "://";

bool isLetterOrDigit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool consistsOf(std::string_view text, std::string_view others) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return isLetterOrDigit(c) || others.find(c) != std::string_view::npos;
  });
}

bool isHost(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    const auto inner = host.substr(1, host.size() - 2);
    return inner.find(':') != std::string_view::npos && IpAddress::parse(inner);
  }
  return consistsOf(host, "-._");
}

/// The port in its shortest form, empty for the scheme's default; nullopt if invalid.
std::optional<std::string> parsePort(std::string_view text, std::string_view scheme) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) {
    return std::nullopt;
  }
  const bool isOwn = (scheme == "http" && port == 80) || (scheme == "https" && port == 443);
  return isOwn ? std::string() : std::to_string(port);
}

}  // namespace

std::optional<Origin> Origin::parse(std::string_view text) {
  const std::size_t mark = text.find(kAuthorityMark);
  if (mark == std::string_view::npos) {
    return std::nullopt;
  }
  Origin origin;
  origin.scheme_ = base::toLowerAscii(text.substr(0, mark));
  const std::string_view authority = text.substr(mark + kAuthorityMark.size());
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = std::min(
      authority.find(':', bracket == std::string_view::npos ? 0 : bracket), authority.size());
  origin.host_ = base::toLowerAscii(authority.substr(0, colon));
  if (!consistsOf(origin.scheme_, "+-.") || !isHost(origin.host_)) {
    return std::nullopt;
  }
  if (colon < authority.size()) {
    const auto port = parsePort(authority.substr(colon + 1), origin.scheme_);
    if (!port) {
      return std::nullopt;
    }
    origin.port_ = *port;
  }
  return origin;
}

std::optional<Origin> Origin::ofUrl(std::string_view url) {
  const std::size_t mark = url.find(kAuthorityMark);
  if (mark == std::string_view::npos) {
    return std::nullopt;
  }
  return parse(url.substr(0, url.find_first_of("/?#", mark + kAuthorityMark.size())));
}

std::string Origin::str() const {
  return scheme_ + std::string(kAuthorityMark) + host_ + (port_.empty() ? "" : ":" + port_);
}

}  // namespace mediadock::http
