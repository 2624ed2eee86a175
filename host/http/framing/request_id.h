#pragma once

/// \file
/// Generates request ids.

#include <string>

namespace mediadock::http::guard {

/// 32 hex digits, unique across hosts with overwhelming probability. Not a secret. Reads the
/// system's random generator once per process.
std::string makeRequestId();

}  // namespace mediadock::http::guard
