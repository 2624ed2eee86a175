#pragma once

/// \file
/// What a client says that it takes (RFC 9110 §12.5).

#include "http/syntax/headers.h"

#include <string_view>

namespace mediadock {

/// Whether `Accept` names `type` itself, and not with a weight of 0. Ranges do not count: who takes
/// anything may not know this type.
bool acceptsByName(const Headers& headers, std::string_view type);

/// Whether the client takes gzip, and would not rather have the bytes as they are. Silence is no
/// consent: who says nothing of codings gets none.
bool acceptsGzip(const Headers& headers);

}  // namespace mediadock
