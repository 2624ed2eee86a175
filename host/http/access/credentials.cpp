#include "http/access/credentials.h"

#include <algorithm>

namespace mediadock::http {
namespace {

std::string unquoted(std::string_view value) {
  const bool isQuoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return std::string(isQuoted ? value.substr(1, value.size() - 2) : value);
}

}  // namespace

std::optional<std::string> bearerOf(const Headers& headers) {
  constexpr std::string_view kScheme = "bearer ";
  std::optional<std::string> found;
  for (const std::string_view value : headers.all("Authorization")) {
    if (!base::equalsIgnoringCase(value.substr(0, kScheme.size()), kScheme)) {
      continue;
    }
    found = found ? std::string() : std::string(base::trimmed(value.substr(kScheme.size())));
  }
  return found;
}

std::optional<std::string> apiKeyOf(const Headers& headers) {
  const auto values = headers.all("X-API-Key");
  if (values.empty()) {
    return std::nullopt;
  }
  return values.size() == 1 ? std::string(values.front()) : std::string();
}

std::vector<std::string> cookiesOf(const Headers& headers, std::string_view name) {
  std::vector<std::string> found;
  for (std::string_view pairs : headers.all("Cookie")) {
    while (!pairs.empty()) {
      const std::string_view pair = pairs.substr(0, pairs.find(';'));
      pairs.remove_prefix(std::min(pair.size() + 1, pairs.size()));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos || base::trimmed(pair.substr(0, equals)) != name) {
        continue;
      }
      found.push_back(unquoted(base::trimmed(pair.substr(equals + 1))));
    }
  }
  return found;
}

}  // namespace mediadock::http
