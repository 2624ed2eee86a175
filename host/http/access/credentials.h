#pragma once

/// \file
/// Extracts the credentials of a request.

#include "http/syntax/headers.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// Credentials are invalid. The message tells the client why, without quoting them.
class BadCredentials final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Both return nullopt if absent, and an empty string (which matches no caller) if present twice:
/// two parsers could disagree on which one counts.

/// What follows `Bearer` in `Authorization`; other schemes are ignored.
std::optional<std::string> bearerOf(const Headers& headers);

std::optional<std::string> apiKeyOf(const Headers& headers);

/// The values of all cookies of that name, in order, without surrounding quotes. Browsers send
/// several if they were set for different paths or domains (RFC 6265 §5.4), including stale ones.
std::vector<std::string> cookiesOf(const Headers& headers, std::string_view name);

}  // namespace mediadock::http
