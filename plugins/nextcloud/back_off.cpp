#include "back_off.h"

#include "time_source.h"

#include <algorithm>

namespace mediadock {

std::chrono::milliseconds growingPause(unsigned attempt) {
  constexpr std::chrono::milliseconds kFirst{200};
  constexpr std::chrono::milliseconds kLongest{10000};
  constexpr unsigned kDoublings = 6;
  return std::min(kFirst * (1U << std::min(attempt, kDoublings)), kLongest);
}

std::chrono::milliseconds backOff(unsigned attempt) {
  constexpr double kPart = 0.25;
  const auto whole = growingPause(attempt);
  const auto left = static_cast<double>(whole.count()) * kPart * randomFraction();
  return whole - std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(left));
}

bool backOff(unsigned attempt, const CallLimits& limits) {
  const auto duration = backOff(attempt);
  if (!limits.leaves(duration)) {
    return false;
  }
  limits.pause(duration);
  return true;
}

}  // namespace mediadock
