#pragma once

/// \file
/// A child process used as a stdin→stdout filter.

#include "mediadock/call_context.h"
#include "mediadock/streams.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace mediadock::media {

/// How a process ended.
struct ProcessEnd {
  /// -1 unless it exited normally.
  int exitStatus = -1;
  /// The signal that killed it, or 0.
  int signal = 0;
};

/// A child process whose standard input and output are connected to us. It inherits no other
/// descriptor, runs in `/`, and gets exactly the given environment. The destructor kills and reaps
/// it. Not thread-safe, and the creating thread must outlive it: a child may ask the kernel to be
/// killed when its parent thread ends.
class FilterProcess {
 public:
  /// \throws StorageError `Unavailable` if the program cannot be started.
  FilterProcess(const std::filesystem::path& program, std::vector<std::string> arguments,
                std::vector<std::string> environment);
  ~FilterProcess();

  FilterProcess(const FilterProcess&) = delete;
  FilterProcess& operator=(const FilterProcess&) = delete;

  /// Feeds it `source`, as far as it reads, and returns its output up to end of file.
  /// \throws StorageError `Timeout` at the context's deadline, `Cancelled`, `Unavailable` if it
  ///   writes more than `most` bytes; otherwise what `source` throws.
  std::string run(IReadStream& source, std::size_t most, const CallContext& context);

  /// Waits for it to exit once its output is closed.
  /// \throws StorageError `Timeout` if it does not exit within a few seconds.
  ProcessEnd wait();

 private:
  void close() noexcept;

  pid_t pid_ = -1;
  int socket_ = -1;
  bool isReaped_ = false;
};

}  // namespace mediadock::media
