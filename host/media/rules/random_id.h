#pragma once

/// \file
/// Names that nobody can guess.

#include "base/random.h"
#include "base/text.h"

#include <string>

namespace mediadock {

/// 128 random bits of the kernel as 32 hex digits.
inline std::string randomId() {
  return encodeHex(randomBytes(16));
}

}  // namespace mediadock
