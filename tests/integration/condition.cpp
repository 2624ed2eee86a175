#include "integration/condition.h"

#include <thread>

namespace mediadock {

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
  constexpr std::chrono::milliseconds kPollInterval{10};
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) {
      return false;
    }
    std::this_thread::sleep_for(kPollInterval);
  }
  return true;
}

}  // namespace mediadock
