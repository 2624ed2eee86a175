#pragma once

/// \file
/// Recognises loopback addresses.

#include <string_view>

namespace mediadock::http {

/// Whether `hostAndPort` is certainly a loopback address: 127.0.0.0/8, `[::1]` or `localhost`.
/// False for any other name, which is not resolved.
bool isLoopback(std::string_view hostAndPort);

}  // namespace mediadock::http
