#include "http/redirect.h"

#include <algorithm>
#include <string_view>
#include <strings.h>

namespace mediadock::http_client {
namespace {

bool isVisible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Accepts the origin with and without the scheme's default port.
bool isOrigin(const std::string& text, const Origin& origin) {
  const auto plain = origin.str();
  const auto host =
      origin.host.find(':') == std::string::npos ? origin.host : "[" + origin.host + "]";
  const auto full =
      (origin.isTls ? "https://" : "http://") + host + ":" + std::to_string(origin.port);
  return ::strcasecmp(text.c_str(), plain.c_str()) == 0 ||
         ::strcasecmp(text.c_str(), full.c_str()) == 0;
}

}  // namespace

std::optional<std::string> redirectTarget(const HttpHead& head, const Origin& origin) {
  const int code = head.status;
  if (code != 301 && code != 302 && code != 307 && code != 308) {
    return std::nullopt;
  }
  auto location = head.field("Location");
  location.erase(std::min(location.find('#'), location.size()));
  if (location.empty() || !isVisible(location)) {
    return std::nullopt;
  }
  if (location.front() != '/') {
    const auto scheme = location.find("://");
    const auto path =
        scheme == std::string::npos ? std::string::npos : location.find('/', scheme + 3);
    if (path == std::string::npos || !isOrigin(location.substr(0, path), origin)) {
      return std::nullopt;
    }
    location.erase(0, path);
  } else if (location.starts_with("//")) {
    // A host without a scheme.
    return std::nullopt;
  }
  return location;
}

std::string redirectHost(const std::string& location) {
  const auto scheme = location.find("://");
  if (scheme == std::string::npos) {
    return location.starts_with("//") ? location.substr(0, location.find('/', 2))
                                      : "another address on the same server";
  }
  const auto host = location.substr(0, location.find_first_of("/?#", scheme + 3));
  const auto at = host.rfind('@');
  return at == std::string::npos ? host : host.substr(0, scheme + 3) + host.substr(at + 1);
}

}  // namespace mediadock::http_client
