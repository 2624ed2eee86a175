#pragma once

/// \file
/// SIGTERM and SIGINT as something to wait for.

#include <csignal>

namespace mediadock {

/// Holds SIGTERM and SIGINT back from all threads that are started while it lives, and ignores
/// SIGPIPE. To be made before any thread.
class StopSignals final {
 public:
  StopSignals();

  /// Returns at the first SIGTERM or SIGINT, also one that came before the call. From then on
  /// another one ends the process at once, as it does by default.
  void wait();

 private:
  sigset_t signals_{};
};

}  // namespace mediadock
