#include "app/background_task.h"

#include "app/host_setup.h"

#include <Poco/Logger.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

namespace mediadock::app {

BackgroundTask::BackgroundTask(std::string failure, std::chrono::milliseconds pause, Work work)
    : failure_(std::move(failure)),
      pause_(pause),
      work_(std::move(work)) {}

void BackgroundTask::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void BackgroundTask::stop() {
  thread_ = std::jthread();
}

void BackgroundTask::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stop.stop_requested()) {
    workOnce(stop);
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, pause_, [] { return false; });
  }
}

void BackgroundTask::workOnce(const std::stop_token& stop) noexcept {
  try {
    auto context = startContext();
    context.cancellation = stop;
    work_(context);
  } catch (const std::exception& error) {
    if (!stop.stop_requested()) {
      Poco::Logger::get("app").warning(failure_ + ": " + error.what());
    }
  }
}

}  // namespace mediadock::app
