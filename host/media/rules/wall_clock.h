#pragma once

/// \file
/// The time of day, as records hold it.

#include "mediadock/entry.h"

#include <chrono>

namespace mediadock {

inline Timestamp wallClock() {
  return std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now());
}

}  // namespace mediadock
