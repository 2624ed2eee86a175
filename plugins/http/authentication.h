#pragma once

/// \file
/// Logging in to a server (RFC 9110 §11).

#include "http/connection_settings.h"
#include "http/http_head.h"

#include <string>
#include <string_view>

namespace mediadock {

/// The logins that a server takes: the schemes of all `WWW-Authenticate` fields, as `Digest,
/// Negotiate`, for people: each once, and no more than 8. Empty where there are none.
std::string offeredSchemes(const HttpHead& head);

/// Whether `Basic` is one of them.
bool namesBasic(std::string_view schemes);

/// The value of `Authorization` (RFC 7617); empty where no credentials are set.
std::string basicAuthorization(const ConnectionSettings& settings);

}  // namespace mediadock
