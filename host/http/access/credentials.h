#pragma once

/// \file
/// Where a request carries its credentials.

#include "http/headers.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Each gives nothing where there is none. One that stands there twice is given as an empty text,
/// which is nobody's: two readers could take it for two callers.

/// What follows `Bearer` in `Authorization`; other schemes are somebody else's.
std::optional<std::string> bearerOf(const Headers& headers);

std::optional<std::string> apiKeyOf(const Headers& headers);

/// The cookie's value, without quotes around it.
std::optional<std::string> cookieOf(const Headers& headers, std::string_view name);

}  // namespace mediadock
