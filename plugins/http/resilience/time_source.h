#pragma once

/// \file
/// Clock and random numbers, replaceable in tests.

#include "http/call_limits.h"

#include <functional>

namespace mediadock::http_client {

/// A random number from 0 to below 1. Thread-safe.
double randomFraction();

/// Both functions must be thread-safe.
struct TimeSource {
  std::function<CallLimits::Clock::time_point()> now = [] { return CallLimits::Clock::now(); };
  std::function<double()> random = randomFraction;
};

}  // namespace mediadock::http_client
