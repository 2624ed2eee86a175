#pragma once

/// \file
/// Whether an address can be reached from other machines.

#include <string_view>

namespace mediadock {

/// Whether `hostAndPort` is surely a loopback address: 127.0.0.0/8, `[::1]` or `localhost`. Of
/// another name nothing is known, so it is not.
bool isLoopback(std::string_view hostAndPort);

}  // namespace mediadock
