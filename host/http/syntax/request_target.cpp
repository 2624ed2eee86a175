#include "http/syntax/request_target.h"

#include "http/syntax/headers.h"
#include "http/syntax/percent_encoding.h"
#include "http/syntax/problem_exception.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace mediadock::http {
namespace {

std::string decodedParameter(std::string_view text) {
  auto decoded = percentDecode(text, PlusSign::Space);
  if (!decoded) {
    throw ProblemException(400,
                           "the query is not well-formed: bad percent-encoding, a NUL, or "
                           "text that is not UTF-8");
  }
  return *std::move(decoded);
}

bool isCanonical(std::string_view rawPath, std::string_view path) {
  const std::string lower = base::toLowerAscii(rawPath);
  return lower.find("%2f") == std::string::npos && path.find("//") == std::string_view::npos &&
         path.find("/./") == std::string_view::npos &&
         path.find("/../") == std::string_view::npos && !path.ends_with("/.") &&
         !path.ends_with("/..");
}

}  // namespace

QueryParameters QueryParameters::parse(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) {
      continue;
    }
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::size_t value = std::min(equals + 1, pair.size());
    parameters.values_.emplace_back(decodedParameter(pair.substr(0, equals)),
                                    decodedParameter(pair.substr(value)));
  }
  return parameters;
}

std::optional<std::string> QueryParameters::find(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [key, value] : values_) {
    if (key != name) {
      continue;
    }
    if (found) {
      throw ProblemException(400, "the parameter '" + std::string(name) + "' is there twice");
    }
    found = value;
  }
  return found;
}

std::string QueryParameters::require(std::string_view name) const {
  auto value = find(name);
  if (!value) {
    throw ProblemException(400, "the parameter '" + std::string(name) + "' is missing");
  }
  return *std::move(value);
}

bool QueryParameters::flag(std::string_view name) const {
  const std::string value = find(name).value_or("");
  if (value == "1" || value == "true") {
    return true;
  }
  if (value.empty() || value == "0" || value == "false") {
    return false;
  }
  throw ProblemException(400, "the parameter '" + std::string(name) + "' must be 1 or 0");
}

std::optional<std::uint64_t> QueryParameters::number(std::string_view name, std::uint64_t min,
                                                     std::uint64_t max) const {
  const auto text = find(name);
  if (!text) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end || value < min || value > max) {
    throw ProblemException(400, "the parameter '" + std::string(name) +
                                    "' must be a whole number from " + std::to_string(min) +
                                    " to " + std::to_string(max));
  }
  return value;
}

RequestTarget parseRequestTarget(std::string_view raw) {
  if (raw == "*") {
    return {.path = "*"};
  }
  if (!raw.starts_with('/')) {
    throw ProblemException(400, "the request target is no path");
  }
  const std::size_t mark = std::min(raw.find('?'), raw.size());
  const std::string_view rawPath = raw.substr(0, mark);
  const auto path = percentDecode(rawPath, PlusSign::Literal);
  if (!path || hasControlCharacter(*path)) {
    throw ProblemException(400, "the path of the request is not well-formed");
  }
  return {.path = isCanonical(rawPath, *path) ? *path : std::string(),
          .query = std::string(raw.substr(std::min(mark + 1, raw.size())))};
}

}  // namespace mediadock::http
