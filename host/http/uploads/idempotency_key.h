#pragma once

/// \file
/// Parses `Idempotency-Key`, with which a client can safely repeat a request.

#include "http/syntax/headers.h"

#include <optional>
#include <string>

namespace mediadock::http {

/// Accepts it bare, as most clients send it, or as a quoted string, as in the draft of the header.
/// \throws ProblemException 400 unless it is 1 to 255 printable ASCII characters, or if there are
///   several.
std::optional<std::string> idempotencyKeyOf(const Headers& headers);

}  // namespace mediadock::http
