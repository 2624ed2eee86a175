#pragma once

/// \file
/// Ends the process when a plugin call does not return.

#include "app/commands/commands.h"
#include "storage/boundary/call_watch.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mediadock::app {

/// For calls of the main thread, which could not continue. Logs the call to standard error and ends
/// the process.
class LostCallExit final : public storage::ILostCallHandler {
 public:
  /// \param code the exit code of the process.
  explicit LostCallExit(ExitCode code) : code_(code) {}

  void onLostCall(const storage::LostCall& call) noexcept override;

 private:
  const ExitCode code_;
};

/// Ends the process with `ExitCode::Done` if it is still running after `limit`, so that a stop does
/// not wait for threads that never return. Logs the calls that these threads are in.
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

}  // namespace mediadock::app
