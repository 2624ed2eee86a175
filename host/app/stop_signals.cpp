#include "app/stop_signals.h"

namespace mediadock::app {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  // A client that disconnects causes a write error, not the end of the host.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

void StopSignals::wait() {
  int received = 0;
  sigwait(&signals_, &received);
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

}  // namespace mediadock::app
