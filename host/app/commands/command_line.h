#pragma once

/// \file
/// The words after `mediadock` on the command line.

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace mediadock {

enum class Command { Serve, Check, Providers, Reconcile, Help, Version };

struct CommandLine {
  Command command = Command::Help;
  /// The command that help is wanted for; absent: all of them.
  std::optional<Command> helpTopic;
  std::optional<std::string> configFile;
  /// `key=value` each.
  std::vector<std::string> assignments;
  /// Tell only what `reconcile` would do.
  bool isDryRun = false;
};

/// The command line is not one of ours.
class UsageError final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Parses the arguments, the program's own name not among them.
/// \throws UsageError
CommandLine parseCommandLine(std::span<const std::string> arguments);

}  // namespace mediadock
