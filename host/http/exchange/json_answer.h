#pragma once

/// \file
/// Sends JSON responses.

#include "http/exchange/response.h"

#include <string_view>

namespace mediadock::http {

/// The `Content-Type` of every JSON response other than a problem.
inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";

/// Sends a JSON body that must not be cached: the result of a change, or current state.
void sendJson(Response& response, int status, std::string_view json);

}  // namespace mediadock::http
