#pragma once

/// \file
/// Names that nobody can guess.

#include "media/hex.h"
#include "mediadock/storage_error.h"

#include <array>
#include <string>
#include <sys/random.h>

namespace mediadock {

/// 128 random bits of the kernel as 32 hex digits.
inline std::string randomId() {
  std::array<char, 16> bytes{};
  // So few bytes come whole, or not at all.
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw StorageError(StorageErrc::Internal, "no random numbers for a name");
  }
  return encodeHex({bytes.data(), bytes.size()});
}

}  // namespace mediadock
