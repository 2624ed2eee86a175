#pragma once

/// \file
/// Answers that are JSON.

#include "http/request.h"
#include "http/response.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What was done, or what is now; not for a cache.
void sendJson(Response& response, int status, std::string_view json);

/// A listing, with an etag made of the text itself, so that any change in it is seen, and 304 where
/// the client has it already. Goes through gzip for who takes that.
void sendListing(const Request& request, Response& response, std::string_view json);

/// Names the page behind this one (RFC 8288): the same request with another cursor.
void linkNextPage(const Request& request, Response& response, std::string_view cursor);

}  // namespace mediadock
