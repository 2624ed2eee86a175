#pragma once

/// \file
/// Content negotiation: what a client accepts (RFC 9110 §12.5).

#include "http/syntax/headers.h"

#include <string_view>

namespace mediadock::http {

/// Whether `Accept` names `type` explicitly with a weight above 0. Wildcards do not count: a client
/// that accepts anything may not know this type.
bool acceptsByName(const Headers& headers, std::string_view type);

/// Whether the client accepts gzip and does not prefer `identity`. False without `Accept-Encoding`.
bool acceptsGzip(const Headers& headers);

}  // namespace mediadock::http
