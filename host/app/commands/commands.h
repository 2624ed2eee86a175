#pragma once

/// \file
/// The host's commands, one source file each, and what they end with.

#include "app/commands/console.h"
#include "app/config/config_layers.h"
#include "mediadock/storage_error.h"

#include <map>
#include <span>
#include <string>

namespace mediadock {

/// After sysexits.h.
enum class ExitCode : int {
  Done = 0,
  Usage = 64,
  /// Storage or database cannot be reached.
  Unavailable = 69,
  Internal = 70,
  Configuration = 78,
};

/// The exit code of a command that ends with an error of this code.
ExitCode exitCodeOf(StorageErrc code) noexcept;

/// Runs the command that `arguments` (without the program's name) ask for, and says on `console`
/// what went wrong, if anything did. Throws nothing.
ExitCode runCommandLine(std::span<const std::string> arguments,
                        const std::map<std::string, std::string>& environment,
                        Console& console) noexcept;

/// \name Single commands
/// Failures that end a command are thrown: `StorageError` with `ConfigInvalid` where the
/// configuration is at fault, with another code where storage or database are.
/// \{
ExitCode serve(const ConfigInput& input, Console& console);
ExitCode check(const ConfigInput& input, Console& console);
ExitCode showProviders(const ConfigInput& input, Console& console);

enum class ReconcileMode { Report, Mend };
ExitCode reconcileRecords(const ConfigInput& input, ReconcileMode mode, Console& console);
/// \}

}  // namespace mediadock
