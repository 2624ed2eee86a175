#include "app/commands/commands.h"

#include "app/commands/command_line.h"
#include "app/commands/help.h"
#include "app/commands/lost_call_exit.h"
#include "mediadock/version.h"

#include <exception>

namespace mediadock::app {
namespace {

ExitCode run(const CommandLine& line, const std::map<std::string, std::string>& environment,
             Console& console) {
  // A call that never returns would block the command forever.
  LostCallExit lostCallExit(ExitCode::Unavailable);
  const storage::LostCallScope scope(lostCallExit);
  const ConfigInput input{line.configFile, environment, line.assignments};
  switch (line.command) {
    case Command::Serve:
      return serve(input, console);
    case Command::Check:
      return check(input, console);
    case Command::Providers:
      return showProviders(input, console);
    case Command::Reconcile:
      return reconcileRecords(input, line.isDryRun ? ReconcileMode::Report : ReconcileMode::Mend,
                              console);
    case Command::Help:
      console.print(helpText(line.helpTopic));
      return ExitCode::Done;
    case Command::Version:
      console.print("mediadock " MEDIADOCK_VERSION);
      return ExitCode::Done;
  }
  return ExitCode::Internal;
}

}  // namespace

ExitCode exitCodeOf(StorageErrc code) noexcept {
  switch (code) {
    case StorageErrc::ConfigInvalid:
      return ExitCode::Configuration;
    case StorageErrc::Internal:
      return ExitCode::Internal;
    default:
      return ExitCode::Unavailable;
  }
}

ExitCode runCommandLine(std::span<const std::string> arguments,
                        const std::map<std::string, std::string>& environment,
                        Console& console) noexcept {
  try {
    return run(parseCommandLine(arguments), environment, console);
  } catch (const UsageError& error) {
    console.printError(std::string(error.what()) + "; see mediadock help");
    return ExitCode::Usage;
  } catch (const StorageError& error) {
    console.printError(error.what());
    return exitCodeOf(error.code());
  } catch (const std::exception& error) {
    console.printError(error.what());
    return ExitCode::Internal;
  }
}

}  // namespace mediadock::app
