#pragma once

/// \file
/// Where a request carries its credentials.

#include "http/syntax/headers.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Credentials do not hold. Says why, in words for whoever sent them; holds nothing of them.
class BadCredentials final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Both return nullopt if absent, and an empty string (which matches no caller) if present twice:
/// two readers could take it for two callers.

/// What follows `Bearer` in `Authorization`; other schemes are somebody else's.
std::optional<std::string> bearerOf(const Headers& headers);

std::optional<std::string> apiKeyOf(const Headers& headers);

/// The values of all cookies of that name, in their order, without quotes around them. Browsers
/// send several that were set for different paths or domains (RFC 6265 §5.4), stale ones among
/// them.
std::vector<std::string> cookiesOf(const Headers& headers, std::string_view name);

}  // namespace mediadock
