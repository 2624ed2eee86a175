#pragma once

/// \file
/// Names for requests that bring none of their own.

#include <string>

namespace mediadock::guard {

/// 32 hex digits that no other request of any host has, but by chance. Not a secret. Asks the
/// system once in a process's life.
std::string makeRequestId();

}  // namespace mediadock::guard
