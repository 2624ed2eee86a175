#pragma once

/// \file
/// Answers that are JSON.

#include "http/exchange/response.h"

#include <string_view>

namespace mediadock {

/// The `Content-Type` of every JSON answer that is no problem.
inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";

/// What was done, or what is now; not for a cache.
void sendJson(Response& response, int status, std::string_view json);

}  // namespace mediadock
