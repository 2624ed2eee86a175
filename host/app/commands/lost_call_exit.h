#pragma once

/// \file
/// Ends a process whose own thread a plugin does not give back.

#include "app/commands/commands.h"
#include "storage/boundary/call_watch.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mediadock {

/// For calls of the main thread: nothing would come after them. Says so on standard error and ends
/// the process.
class LostCallExit final : public ILostCallHandler {
 public:
  /// \param code with which the process ends.
  explicit LostCallExit(ExitCode code) : code_(code) {}

  void onLostCall(const LostCall& call) noexcept override;

 private:
  const ExitCode code_;
};

/// Ends the process with `ExitCode::Done` where it still lives after `limit`, for a stop that must
/// not wait for threads that do not come back. The calls that they are in are logged.
class StopDeadline final {
 public:
  explicit StopDeadline(std::chrono::seconds limit);
  ~StopDeadline();

  StopDeadline(const StopDeadline&) = delete;
  StopDeadline& operator=(const StopDeadline&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

/// Ends the process at once, without waiting for any thread.
[[noreturn]] void leaveProcess(ExitCode code) noexcept;

}  // namespace mediadock
