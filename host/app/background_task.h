#pragma once

/// \file
/// Periodic work on a thread of its own.

#include "mediadock/call_context.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace mediadock::app {

/// Runs the work at once and then after every pause, from `start` to `stop` or destruction. Not
/// thread-safe.
class BackgroundTask {
 public:
  using Work = std::function<void(const CallContext&)>;

  /// \param failure the start of the log line that reports a failed run.
  BackgroundTask(std::string failure, std::chrono::milliseconds pause, Work work);

  void start();

  /// Cancels a run in progress, and returns when it has ended.
  void stop();

 private:
  void run(const std::stop_token& stop);
  void workOnce(const std::stop_token& stop) noexcept;

  const std::string failure_;
  const std::chrono::milliseconds pause_;
  const Work work_;
  std::jthread thread_;
};

}  // namespace mediadock::app
