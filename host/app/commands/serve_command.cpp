#include "app/application.h"
#include "app/commands/commands.h"
#include "app/commands/lost_call_exit.h"
#include "app/host_setup.h"
#include "app/logging.h"
#include "app/stop_signals.h"

#include <chrono>
#include <optional>
#include <sys/resource.h>

namespace mediadock::app {
namespace {

/// Time that stopping may take in addition to the drain timeout.
constexpr std::chrono::seconds kStopGrace{15};

/// Each connection takes descriptors on both sides; the usual soft limit of 1024 is too low.
void raiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

}  // namespace

ExitCode serve(const ConfigInput& input, Console& console) {
  StopSignals signals;
  raiseDescriptorLimit();
  const HostSetup setup = setUpHost(input);
  console.hide(setup.redactor);
  startLogging(setup.config.log, setup.redactor);

  std::optional<StopDeadline> deadline;
  Application application(setup);
  application.start();
  console.print("listening on " + application.url());
  signals.wait();

  Poco::Logger::get("app").information("stopping: requests in flight may end");
  deadline.emplace(setup.config.http.drainTimeout + kStopGrace);
  // From here on, exiting because of a lost plugin call does no harm.
  LostCallExit exit(ExitCode::Done);
  const storage::LostCallScope scope(exit);
  application.stop();
  Poco::Logger::get("app").information("stopped");
  if (storage::lostCalls() > 0) {
    leaveProcess(ExitCode::Done);
  }
  return ExitCode::Done;
}

}  // namespace mediadock::app
