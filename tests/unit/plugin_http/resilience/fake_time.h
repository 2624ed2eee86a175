#pragma once

/// \file
/// Time that goes on only when told to, and chance that is none.

#include "http/resilience/time_source.h"

#include <atomic>
#include <chrono>
#include <memory>

namespace mediadock::http_client {

class FakeTime {
 public:
  /// `fraction` is every random number.
  explicit FakeTime(double fraction = 0) : fraction_(fraction) {}

  TimeSource source() const {
    return {.now = [passed = passed_,
                    start = start_] { return start + std::chrono::milliseconds(*passed); },
            .random = [fraction = fraction_] { return fraction; }};
  }

  void pass(std::chrono::milliseconds duration) { *passed_ += duration.count(); }

 private:
  using Counter = std::atomic<std::chrono::milliseconds::rep>;

  double fraction_;
  CallLimits::Clock::time_point start_ = CallLimits::Clock::now();
  std::shared_ptr<Counter> passed_ = std::make_shared<Counter>(0);
};

}  // namespace mediadock::http_client
