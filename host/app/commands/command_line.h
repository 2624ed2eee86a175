#pragma once

/// \file
/// Parses the command line of `mediadock`.

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace mediadock::app {

enum class Command { Serve, Check, Providers, Reconcile, Help, Version };

struct CommandLine {
  Command command = Command::Help;
  /// The command to show help for; absent: all of them.
  std::optional<Command> helpTopic;
  std::optional<std::string> configFile;
  /// `key=value` each.
  std::vector<std::string> assignments;
  /// `reconcile` only reports what it would do.
  bool isDryRun = false;
};

/// The command line is invalid.
class UsageError final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Parses the arguments, without the program's name.
/// \throws UsageError
CommandLine parseCommandLine(std::span<const std::string> arguments);

}  // namespace mediadock::app
