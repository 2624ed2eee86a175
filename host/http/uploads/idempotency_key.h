#pragma once

/// \file
/// The key under which a client may send a request again (`Idempotency-Key`).

#include "http/syntax/headers.h"

#include <optional>
#include <string>

namespace mediadock {

/// Taken bare, as most send it, or as a quoted string, as the header's draft has it.
/// \throws ProblemException 400 for one that is not 1 to 255 printable ASCII characters, and for
///   several.
std::optional<std::string> idempotencyKeyOf(const Headers& headers);

}  // namespace mediadock
