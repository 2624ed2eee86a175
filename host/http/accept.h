#pragma once

/// \file
/// What a client wants to have (RFC 9110 §12.5.1).

#include "http/headers.h"

#include <string_view>

namespace mediadock {

/// Whether `Accept` names `type` itself, and not with a weight of 0. Ranges do not count: who takes
/// anything may not know this type.
bool acceptsByName(const Headers& headers, std::string_view type);

}  // namespace mediadock
