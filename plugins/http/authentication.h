#pragma once

/// \file
/// Logging in to a server (RFC 9110 §11).

#include "http/connection_settings.h"
#include "http/http_head.h"

#include <string>
#include <string_view>

namespace mediadock::http_client {

/// The authentication schemes that a server offers in its `WWW-Authenticate` fields, such as
/// `Digest, Negotiate`, for people: each once, at most 8. Empty if there are none.
std::string offeredSchemes(const HttpHead& head);

/// Whether `schemes` contains `Basic`.
bool namesBasic(std::string_view schemes);

/// The value of `Authorization` (RFC 7617); empty if no credentials are set.
std::string basicAuthorization(const ConnectionSettings& settings);

}  // namespace mediadock::http_client
