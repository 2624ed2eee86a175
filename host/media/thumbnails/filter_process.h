#pragma once

/// \file
/// A program that makes one stream of bytes of another.

#include "mediadock/call_context.h"
#include "mediadock/streams.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace mediadock {

/// How a program ended.
struct ProcessEnd {
  /// Where it ended by itself; else -1.
  int exitStatus = -1;
  /// What ended it; else 0.
  int signal = 0;
};

/// One child process with its standard input and output in our hands. It inherits no other
/// descriptor, works in `/`, and its environment is what it is given. The destructor kills and
/// reaps it. One thread at a time, and that thread has to outlive it: a child may choose to end
/// with it.
class FilterProcess {
 public:
  /// \throws StorageError `Unavailable` where the program cannot be started.
  FilterProcess(const std::filesystem::path& program, std::vector<std::string> arguments,
                std::vector<std::string> environment);
  ~FilterProcess();

  FilterProcess(const FilterProcess&) = delete;
  FilterProcess& operator=(const FilterProcess&) = delete;

  /// Feeds it `source`, as far as it wants that, and gives what it writes until it closes its
  /// output.
  /// \throws StorageError `Timeout` where that is not done by the context's deadline, `Cancelled`,
  ///   `Unavailable` where it writes more than `most` bytes; else what `source` throws.
  std::string run(IReadStream& source, std::size_t most, const CallContext& context);

  /// Waits for its end, once its output is closed.
  /// \throws StorageError `Timeout` where it does not end within seconds.
  ProcessEnd wait();

 private:
  void close() noexcept;

  pid_t pid_ = -1;
  int socket_ = -1;
  bool isReaped_ = false;
};

}  // namespace mediadock
