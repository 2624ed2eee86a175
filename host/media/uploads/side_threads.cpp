#include "media/uploads/side_threads.h"

#include <algorithm>
#include <system_error>

namespace mediadock {

struct SideThreads::Task {
  const Work& work;
  // Guarded by `SideThreads::mutex_`.
  bool isTaken = false;
  bool isDone = false;
};

SideThreads::SideThreads(std::size_t most) : most_(most) {
  threads_.reserve(most);
  waiting_.reserve(most);
}

SideThreads::~SideThreads() = default;

std::size_t SideThreads::usualCount() noexcept {
  constexpr std::size_t kMost = 8;
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  return std::min(processors - 1, kMost);
}

void SideThreads::run(const Work& aside, const Work& main) {
  Task task{.work = aside};
  const bool isOffered = offer(task);
  try {
    main();
  } catch (...) {
    if (isOffered) {
      takeBack(task);
    }
    throw;
  }
  if (!isOffered || takeBack(task)) {
    aside();
  }
}

bool SideThreads::offer(Task& task) {
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
void SideThreads::startThread() {
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

void SideThreads::serve(const std::stop_token& stop) {
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

bool SideThreads::takeBack(Task& task) {
  std::unique_lock lock(mutex_);
  if (!task.isTaken) {
    std::erase(waiting_, &task);
    ++idle_;
    return true;
  }
  done_.wait(lock, [&task] { return task.isDone; });
  return false;
}

}  // namespace mediadock
