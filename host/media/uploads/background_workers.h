#pragma once

/// \file
/// Threads that run a piece of work in parallel with its caller.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace mediadock::media {

/// Threads start on demand and end with this object. Thread-safe.
class BackgroundWorkers {
 public:
  using Work = std::function<void()>;

  /// \param most number of threads; with 0 all work runs on the callers' threads.
  explicit BackgroundWorkers(std::size_t most);

  /// \pre No `runAlongside` is in progress.
  ~BackgroundWorkers();

  BackgroundWorkers(const BackgroundWorkers&) = delete;
  BackgroundWorkers& operator=(const BackgroundWorkers&) = delete;

  /// One for each processor except the caller's own, up to a limit.
  static std::size_t usualCount() noexcept;

  /// Runs `background`, which must not throw, on another thread while `foreground` runs on this
  /// one, and returns when both have ended. If no thread has started `background` by the end of
  /// `foreground`, the caller runs it as well. \throws what `foreground` throws, with `background`
  /// finished or never started.
  void runAlongside(const Work& background, const Work& foreground);

 private:
  struct Task;

  bool offer(Task& task);
  void startThread();
  void serve(const std::stop_token& stop);
  /// Returns whether the task was still waiting, so that the caller must run it.
  bool takeBack(Task& task);

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable_any offered_;
  std::condition_variable done_;
  // Guarded by mutex_.
  std::vector<Task*> waiting_;
  /// Threads that are idle and have no task assigned.
  std::size_t idle_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace mediadock::media
