#include "app/upload_sweeper.h"

#include "app/start_deadline.h"
#include "mediadock/storage_error.h"

#include <Poco/Logger.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace mediadock {
namespace {

constexpr std::chrono::minutes kPause{1};

}  // namespace

void UploadSweeper::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void UploadSweeper::stop() {
  thread_ = std::jthread();
}

void UploadSweeper::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stop.stop_requested()) {
    sweep(stop);
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, kPause, [] { return false; });
  }
}

void UploadSweeper::sweep(const std::stop_token& stop) noexcept {
  try {
    auto context = startContext();
    context.cancellation = stop;
    uploads_.sweep(context);
  } catch (const std::exception& error) {
    Poco::Logger::get("app").warning(std::string("expired uploads wait for the next sweep: ") +
                                     error.what());
  }
}

}  // namespace mediadock
