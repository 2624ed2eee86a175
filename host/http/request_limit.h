#pragma once

/// \file
/// How often one client may ask.

#include <chrono>
#include <cstdint>

namespace mediadock {

/// A bucket of `burst` tokens that gets one back every `interval`.
struct RequestLimit {
  /// 0: no limit.
  std::chrono::nanoseconds interval{0};
  std::uint32_t burst = 0;
};

}  // namespace mediadock
