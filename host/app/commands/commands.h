#pragma once

/// \file
/// The host's commands, one source file each, and their exit codes.

#include "app/commands/console.h"
#include "app/config/config_layers.h"
#include "mediadock/storage_error.h"

#include <map>
#include <span>
#include <string>

namespace mediadock::app {

/// As in sysexits.h.
enum class ExitCode : int {
  Done = 0,
  Usage = 64,
  /// Storage or database cannot be reached.
  Unavailable = 69,
  Internal = 70,
  Configuration = 78,
};

/// The exit code for a command that fails with this error code.
ExitCode exitCodeOf(StorageErrc code) noexcept;

/// Runs the command given by `arguments` (without the program's name), and prints errors to
/// `console`. Throws nothing.
ExitCode runCommandLine(std::span<const std::string> arguments,
                        const std::map<std::string, std::string>& environment,
                        Console& console) noexcept;

/// \name Single commands
/// A command that fails throws: `StorageError` with `ConfigInvalid` if the configuration is at
/// fault, with another code if the storage or the database is.
/// \{
ExitCode serve(const ConfigInput& input, Console& console);
ExitCode check(const ConfigInput& input, Console& console);
ExitCode showProviders(const ConfigInput& input, Console& console);

enum class ReconcileMode { Report, Mend };
ExitCode reconcileRecords(const ConfigInput& input, ReconcileMode mode, Console& console);
/// \}

}  // namespace mediadock::app
