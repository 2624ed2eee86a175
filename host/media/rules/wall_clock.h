#pragma once

/// \file
/// The current time, in the precision of the records.

#include "mediadock/entry.h"

#include <chrono>

namespace mediadock::media {

inline Timestamp wallClock() {
  return std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now());
}

}  // namespace mediadock::media
