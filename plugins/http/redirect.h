#pragma once

/// \file
/// Where an answer sends its client on to, as far as we go there.

#include "http/http_head.h"
#include "http/origin.h"

#include <optional>
#include <string>

namespace mediadock {

/// The request target that `head` redirects to (RFC 9110 §15.4). Nothing where it is no redirect,
/// or leads to another scheme, host or port: our credentials stay where they were configured.
std::optional<std::string> redirectTarget(const HttpHead& head, const Origin& origin);

/// Scheme and authority of a `Location`, for people; without the credentials and secrets that it
/// may hold.
std::string redirectHost(const std::string& location);

}  // namespace mediadock
