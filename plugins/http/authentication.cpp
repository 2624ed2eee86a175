#include "http/authentication.h"

#include <Poco/Base64Encoder.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <strings.h>
#include <vector>

namespace mediadock::http_client {
namespace {

constexpr std::size_t kMaxSchemes = 8;
constexpr std::size_t kMaxSchemeBytes = 32;

bool isTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isSame(std::string_view left, std::string_view right) {
  return left.size() == right.size() && ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

/// Removes and returns everything before the next unquoted comma.
std::string_view takeElement(std::string_view& list) {
  bool isQuoted = false;
  std::size_t end = 0;
  for (; end < list.size() && (isQuoted || list[end] != ','); ++end) {
    if (isQuoted && list[end] == '\\') {
      ++end;
    } else if (list[end] == '"') {
      isQuoted = !isQuoted;
    }
  }
  const auto element = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return element;
}

/// The scheme at the start of an element; empty if it is a parameter of the previous scheme.
std::string_view schemeOf(std::string_view element) {
  element.remove_prefix(std::min(element.find_first_not_of(" \t"), element.size()));
  const auto* const end = std::find_if_not(element.begin(), element.end(), isTokenCharacter);
  const auto scheme = element.substr(0, static_cast<std::size_t>(end - element.begin()));
  auto rest = element.substr(scheme.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  return rest.starts_with('=') || scheme.size() > kMaxSchemeBytes ? std::string_view() : scheme;
}

}  // namespace

std::string offeredSchemes(const HttpHead& head) {
  std::vector<std::string_view> schemes;
  for (const auto& [name, value] : head.fields) {
    if (!isSame(name, "WWW-Authenticate")) {
      continue;
    }
    std::string_view list = value;
    while (!list.empty() && schemes.size() < kMaxSchemes) {
      const auto scheme = schemeOf(takeElement(list));
      const bool isNew = std::none_of(schemes.begin(), schemes.end(),
                                      [scheme](auto known) { return isSame(known, scheme); });
      if (!scheme.empty() && isNew) {
        schemes.push_back(scheme);
      }
    }
  }
  std::string result;
  for (const auto scheme : schemes) {
    result.append(result.empty() ? "" : ", ").append(scheme);
  }
  return result;
}

bool namesBasic(std::string_view schemes) {
  while (!schemes.empty()) {
    if (isSame(schemeOf(takeElement(schemes)), "Basic")) {
      return true;
    }
  }
  return false;
}

std::string basicAuthorization(const ConnectionSettings& settings) {
  if (settings.username.empty() && settings.password.empty()) {
    return {};
  }
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << settings.username << ':' << settings.password;
  encoder.close();
  return "Basic " + out.str();
}

}  // namespace mediadock::http_client
