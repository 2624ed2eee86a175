#pragma once

/// \file
/// Waits for SIGTERM or SIGINT.

#include <csignal>

namespace mediadock::app {

/// Blocks SIGTERM and SIGINT in all threads started during its lifetime, and ignores SIGPIPE.
/// Create it before any thread.
class StopSignals final {
 public:
  StopSignals();

  /// Returns at the first SIGTERM or SIGINT, including one that arrived before the call. After
  /// that, another one ends the process at once, as by default.
  void wait();

 private:
  sigset_t signals_{};
};

}  // namespace mediadock::app
