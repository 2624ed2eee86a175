#pragma once

/// \file
/// Ids that cannot be guessed.

#include "base/random.h"
#include "base/text.h"

#include <string>

namespace mediadock::media {

/// 128 random bits from the kernel as 32 hex digits.
inline std::string randomId() {
  return base::encodeHex(base::randomBytes(16));
}

}  // namespace mediadock::media
