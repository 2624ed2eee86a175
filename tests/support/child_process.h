#pragma once

/// \file
/// A program that a test starts, watches and ends.

#include "support/temp_directory.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace mediadock {

/// One child process with its standard output and error captured in files of its own.
///
/// The destructor kills the child with SIGKILL if it still runs, this one process and no other,
/// and reaps it. Not thread-safe.
class ChildProcess final {
 public:
  struct Options {
    /// Program and arguments; a program without a slash is looked for in PATH.
    std::vector<std::string> command;
    /// Set on top of the environment of the test; an empty value removes the variable.
    std::map<std::string, std::string> environment;
    /// Where the child runs; empty: where the test runs.
    std::filesystem::path workingDirectory;
  };

  /// Starts the program. Throws `std::system_error` if it cannot be executed.
  explicit ChildProcess(Options options);
  ~ChildProcess();

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ChildProcess(ChildProcess&&) = delete;
  ChildProcess& operator=(ChildProcess&&) = delete;

  pid_t pid() const noexcept { return pid_; }

  /// Returns the first whole line of standard output that contains `part`, waiting for it.
  /// Throws `std::runtime_error`, with what was printed so far, if the child ends or
  /// `deadline` passes first.
  std::string waitForLine(std::string_view part,
                          std::chrono::milliseconds deadline = std::chrono::seconds(30));

  /// Sends a signal to the child alone; does nothing once it has been reaped.
  void signal(int number);

  /// Whether the child still runs.
  bool isRunning();

  /// Waits for the end. Returns the exit code, or 128 plus the signal that ended it.
  /// Throws `std::runtime_error` if it still runs after `deadline`.
  int waitForExit(std::chrono::milliseconds deadline = std::chrono::seconds(30));

  /// All that the child has written so far.
  std::string standardOutput() const;
  std::string standardError() const;

  /// Peak resident memory (VmHWM) in bytes of the running child. Throws `std::runtime_error`
  /// once it has ended.
  std::uint64_t peakMemoryBytes() const;

 private:
  std::filesystem::path outputFile() const { return capture_.path() / "stdout"; }

  std::filesystem::path errorFile() const { return capture_.path() / "stderr"; }

  TempDirectory capture_;
  pid_t pid_ = -1;
  std::optional<int> exitCode_;
};

/// Runs a program to its end and returns its standard output. Throws `std::runtime_error`, with
/// what it wrote to standard error, unless it exits with 0.
std::string runProgram(std::vector<std::string> command);

}  // namespace mediadock
