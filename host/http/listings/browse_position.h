#pragma once

/// \file
/// Where a page of `browse` ends, as its cursor carries it.

#include "media/browsing/browse_request.h"

#include <string>

namespace mediadock {

class Request;

/// The place of an entry in an order by `sort`.
std::string formatPosition(const Entry& entry, SortKey sort);

/// As `formatPosition` gives it. \pre `text` came from `formatPosition` of the same order.
/// \throws ProblemException 400 where it did not; OutsideReach where the request's caller does not
///   reach it.
Entry parsePosition(const Request& request, const std::string& text, SortKey sort);

}  // namespace mediadock
