#pragma once

/// \file
/// The position in a `browse` listing that a cursor carries.

#include "media/browsing/browse_request.h"

#include <string>

namespace mediadock::http {

class Request;

/// The position of an entry when sorted by `sort`.
std::string formatPosition(const Entry& entry, media::SortKey sort);

/// The reverse of `formatPosition`.
/// \pre `text` was made by `formatPosition` with the same `sort`.
/// \throws ProblemException 400 if it was not; PathForbidden if the request's caller may not access
///   the path.
Entry parsePosition(const Request& request, const std::string& text, media::SortKey sort);

}  // namespace mediadock::http
