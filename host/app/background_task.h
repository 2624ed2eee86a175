#pragma once

/// \file
/// Work that is done beside the requests, again and again.

#include "mediadock/call_context.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace mediadock {

/// A thread that works at once and then after every pause, from `start` to `stop` or destruction.
/// Belongs to one thread.
class BackgroundTask {
 public:
  using Work = std::function<void(const CallContext&)>;

  /// \param failure begins the line of the log that says why the work was not done this time.
  BackgroundTask(std::string failure, std::chrono::milliseconds pause, Work work);

  void start();

  /// Ends work that runs, and returns when it has ended.
  void stop();

 private:
  void run(const std::stop_token& stop);
  void workOnce(const std::stop_token& stop) noexcept;

  const std::string failure_;
  const std::chrono::milliseconds pause_;
  const Work work_;
  std::jthread thread_;
};

}  // namespace mediadock
