#pragma once

/// \file
/// Threads that take a piece of work off a caller who has another one to do.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace mediadock {

/// A thread starts when it is first needed, and ends with this object. Safe for concurrent use.
class SideThreads {
 public:
  using Work = std::function<void()>;

  /// \param most how many threads; with none all work is the callers'.
  explicit SideThreads(std::size_t most);

  /// \pre No `run` is under way.
  ~SideThreads();

  SideThreads(const SideThreads&) = delete;
  SideThreads& operator=(const SideThreads&) = delete;

  /// One for each processor but the caller's own, within reason.
  static std::size_t usualCount() noexcept;

  /// Runs `aside`, which must not throw, on a thread of its own while `main` runs on this one, and
  /// returns once both have ended. Where no thread has come to it by the end of `main`, the caller
  /// runs it, too. \throws what `main` throws, with `aside` at an end or never begun.
  void run(const Work& aside, const Work& main);

 private:
  struct Task;

  bool offer(Task& task);
  void startThread();
  void serve(const std::stop_token& stop);
  /// Returns whether the caller has the task back.
  bool takeBack(Task& task);

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable_any offered_;
  std::condition_variable done_;
  // Guarded by mutex_.
  std::vector<Task*> waiting_;
  /// Threads that do nothing and were not offered anything.
  std::size_t idle_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace mediadock
