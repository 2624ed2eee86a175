#pragma once

/// \file
/// Where time and chance come from, so that tests can say both.

#include "http/call_limits.h"

#include <functional>

namespace mediadock {

/// A random number from 0 to below 1. Safe for concurrent use.
double randomFraction();

/// Both functions have to be safe for concurrent use.
struct TimeSource {
  std::function<CallLimits::Clock::time_point()> now = [] { return CallLimits::Clock::now(); };
  std::function<double()> random = randomFraction;
};

}  // namespace mediadock
