#pragma once

/// \file
/// The target of a redirect, if it may be followed.

#include "http/http_head.h"
#include "http/origin.h"

#include <optional>
#include <string>

namespace mediadock::http_client {

/// The request target that `head` redirects to (RFC 9110 §15.4). Returns nullopt if it is not a
/// redirect, or leads to another scheme, host or port: credentials are sent only to the configured
/// origin.
std::optional<std::string> redirectTarget(const HttpHead& head, const Origin& origin);

/// Scheme and authority of a `Location`, for people; without any credentials and secrets in it.
std::string redirectHost(const std::string& location);

}  // namespace mediadock::http_client
