#include "media/uploads/background_workers.h"

#include <algorithm>
#include <system_error>

namespace mediadock::media {

struct BackgroundWorkers::Task {
  const Work& work;
  // Guarded by `BackgroundWorkers::mutex_`.
  bool isTaken = false;
  bool isDone = false;
};

BackgroundWorkers::BackgroundWorkers(std::size_t most) : most_(most) {
  threads_.reserve(most);
  waiting_.reserve(most);
}

BackgroundWorkers::~BackgroundWorkers() = default;

std::size_t BackgroundWorkers::usualCount() noexcept {
  constexpr std::size_t kMost = 8;
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  return std::min(processors - 1, kMost);
}

void BackgroundWorkers::runAlongside(const Work& background, const Work& foreground) {
  Task task{.work = background};
  const bool isOffered = offer(task);
  try {
    foreground();
  } catch (...) {
    if (isOffered) {
      takeBack(task);
    }
    throw;
  }
  if (!isOffered || takeBack(task)) {
    background();
  }
}

bool BackgroundWorkers::offer(Task& task) {
  const std::lock_guard lock(mutex_);
  if (idle_ == 0) {
    startThread();
  }
  if (idle_ == 0) {
    return false;
  }
  --idle_;
  waiting_.push_back(&task);
  offered_.notify_one();
  return true;
}

/// \pre `mutex_` is held.
void BackgroundWorkers::startThread() {
  if (threads_.size() == most_) {
    return;
  }
  try {
    threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    ++idle_;
  } catch (const std::system_error&) {
    // The system has no more threads: the caller does the work.
  }
}

void BackgroundWorkers::serve(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (offered_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    Task& task = *waiting_.back();
    waiting_.pop_back();
    task.isTaken = true;
    lock.unlock();
    task.work();
    lock.lock();
    task.isDone = true;
    ++idle_;
    done_.notify_all();
  }
}

bool BackgroundWorkers::takeBack(Task& task) {
  std::unique_lock lock(mutex_);
  if (!task.isTaken) {
    std::erase(waiting_, &task);
    ++idle_;
    return true;
  }
  done_.wait(lock, [&task] { return task.isDone; });
  return false;
}

}  // namespace mediadock::media
