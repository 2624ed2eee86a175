#include "app/commands/lost_call_exit.h"

#include <Poco/Logger.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace mediadock::app {

void LostCallExit::onLostCall(const storage::LostCall& call) noexcept {
  try {
    std::cerr << "mediadock: " + call.str() + "; the process ends\n" << std::flush;
  } catch (...) {  // NOLINT(bugprone-empty-catch): the exit code has to do.
  }
  leaveProcess(code_);
}

StopDeadline::StopDeadline(std::chrono::seconds limit)
    : thread_([this, limit](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        ended_.wait_for(lock, stop, limit, [] { return false; });
        if (!stop.stop_requested()) {
          storage::giveUpCalls();
          Poco::Logger::get("app").error("stopped without " + std::to_string(storage::lostCalls()) +
                                         " calls that did not return");
          leaveProcess(ExitCode::Done);
        }
      }) {}

StopDeadline::~StopDeadline() = default;

void leaveProcess(ExitCode code) noexcept {
  std::cout.flush();
  std::cerr.flush();
  std::_Exit(static_cast<int>(code));
}

}  // namespace mediadock::app
