#include "http/framing/request_line.h"

#include "http/framing/characters.h"

#include <algorithm>
#include <optional>

namespace mediadock::http::guard {
namespace {

constexpr Refusal kMalformedLine{.status = 400, .detail = "The request line is not well-formed."};
constexpr Refusal kMalformedTarget{.status = 400, .detail = "The request target is not valid."};

bool isTargetCharacter(char c) noexcept {
  return c > 0x20 && c < 0x7F && c != '#';
}

/// Parses scheme and authority of a target in absolute-form. Returns false if it is not one.
bool takeAuthority(std::string_view target, RequestLine& line) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!base::equalsIgnoringCase(target.substr(0, scheme.size()), scheme)) {
      continue;
    }
    target.remove_prefix(scheme.size());
    const auto end = std::min(target.find_first_of("/?"), target.size());
    line.authority = target.substr(0, end);
    line.target = target.substr(end);
    if (!line.target.starts_with('/')) {
      line.target.insert(0, 1, '/');
    }
    return isHostAndPort(line.authority);
  }
  return false;
}

std::optional<Refusal> checkTarget(std::string_view target, const HeadLimits& limits,
                                   RequestLine& line) {
  if (target.size() > limits.targetBytes) {
    return Refusal{.status = 414, .detail = "The request target is too long."};
  }
  if (line.method == "CONNECT") {
    return Refusal{
        .status = 405, .detail = "This server is not a proxy.", .extraHeaders = "Allow:\r\n"};
  }
  if (target.empty() || !std::all_of(target.begin(), target.end(), isTargetCharacter)) {
    return kMalformedTarget;
  }
  if (target.front() == '/' || (target == "*" && line.method == "OPTIONS")) {
    line.target = target;
    return std::nullopt;
  }
  return takeAuthority(target, line) ? std::nullopt : std::optional(kMalformedTarget);
}

std::optional<Refusal> checkVersion(std::string_view version, RequestLine& line) {
  constexpr std::string_view kName = "HTTP/";
  constexpr std::size_t kLength = 8;
  if (version.size() != kLength || !version.starts_with(kName) || !isDigit(version[5]) ||
      version[6] != '.' || !isDigit(version[7])) {
    return kMalformedLine;
  }
  line.isVersion11 = version == "HTTP/1.1";
  if (!line.isVersion11 && version != "HTTP/1.0") {
    return Refusal{.status = 505, .detail = "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
  }
  return std::nullopt;
}

bool isPort(std::string_view text) noexcept {
  constexpr std::size_t kMostDigits = 5;
  return text.size() <= kMostDigits && std::all_of(text.begin(), text.end(), isDigit);
}

}  // namespace

std::variant<RequestLine, Refusal> parseRequestLine(std::string_view text,
                                                    const HeadLimits& limits) {
  const auto afterMethod = text.find(' ');
  const auto beforeVersion = text.rfind(' ');
  if (afterMethod == std::string_view::npos || afterMethod == beforeVersion ||
      !base::isToken(text.substr(0, afterMethod))) {
    return kMalformedLine;
  }
  if (afterMethod > limits.methodBytes) {
    return Refusal{.status = 501, .detail = "The method is not known."};
  }
  RequestLine line;
  line.method = text.substr(0, afterMethod);
  const auto target = text.substr(afterMethod + 1, beforeVersion - afterMethod - 1);
  if (const auto refusal = checkVersion(text.substr(beforeVersion + 1), line)) {
    return *refusal;
  }
  if (const auto refusal = checkTarget(target, limits, line)) {
    return *refusal;
  }
  return line;
}

bool isHostAndPort(std::string_view text) noexcept {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || end == 1) {
      return false;
    }
    const auto address = text.substr(1, end - 1);
    const auto rest = text.substr(end + 1);
    return std::all_of(address.begin(), address.end(),
                       [](char c) { return isAlphaNumeric(c) || c == ':' || c == '.'; }) &&
           (rest.empty() || (rest.front() == ':' && isPort(rest.substr(1))));
  }
  const auto colon = std::min(text.find(':'), text.size());
  const auto name = text.substr(0, colon);
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return isAlphaNumeric(c) || c == '-' || c == '.' || c == '_';
  }) && (colon == text.size() || isPort(text.substr(colon + 1)));
}

}  // namespace mediadock::http::guard
