#include "app/commands/command_line.h"

#include "storage/loading/nearest_word.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mediadock::app {
namespace {

using NamedCommand = std::pair<std::string_view, Command>;

constexpr std::array<NamedCommand, 5> kCommands = {{{"serve", Command::Serve},
                                                    {"check", Command::Check},
                                                    {"providers", Command::Providers},
                                                    {"reconcile", Command::Reconcile},
                                                    {"help", Command::Help}}};

Command parseCommand(const std::string& word) {
  const auto* const found =
      std::find_if(kCommands.begin(), kCommands.end(),
                   [&word](const NamedCommand& command) { return command.first == word; });
  if (found != kCommands.end()) {
    return found->second;
  }
  std::vector<std::string> names;
  names.reserve(kCommands.size());
  for (const auto& [name, command] : kCommands) {
    names.emplace_back(name);
  }
  throw UsageError("unknown command '" + word + "'; the nearest known one is '" +
                   storage::nearestWord(word, names).value_or("") + "'");
}

/// Parses the options of one command from left to right.
class OptionReader {
 public:
  OptionReader(std::span<const std::string> words, CommandLine& line)
      : words_(words),
        line_(line) {}

  void readAll() {
    while (!words_.empty()) {
      const std::string word = words_.front();
      words_ = words_.subspan(1);
      read(word);
    }
  }

 private:
  void read(const std::string& word) {
    if (const auto file = valueOf("--config", word)) {
      if (line_.configFile) {
        throw UsageError("--config can be given once");
      }
      line_.configFile = *file;
    } else if (const auto assignment = valueOf("--set", word)) {
      line_.assignments.push_back(*assignment);
    } else if (word == "--dry-run" && line_.command == Command::Reconcile) {
      line_.isDryRun = true;
    } else if (word == "--help" || word == "-h") {
      line_.helpTopic = std::exchange(line_.command, Command::Help);
      words_ = {};
    } else {
      // Show only the part before `=`: the rest may be a secret.
      throw UsageError("unknown argument '" + word.substr(0, word.find('=')) + "'");
    }
  }

  /// The value of `option`, from `--option=value` or the next argument.
  std::optional<std::string> valueOf(const std::string& option, const std::string& word) {
    if (word.starts_with(option + "=")) {
      return word.substr(option.size() + 1);
    }
    if (word != option) {
      return std::nullopt;
    }
    if (words_.empty()) {
      throw UsageError(option + " needs a value");
    }
    std::string value = words_.front();
    words_ = words_.subspan(1);
    return value;
  }

  std::span<const std::string> words_;
  CommandLine& line_;
};

}  // namespace

CommandLine parseCommandLine(std::span<const std::string> arguments) {
  if (arguments.empty()) {
    throw UsageError("a command is needed");
  }
  const std::string& first = arguments.front();
  const auto rest = arguments.subspan(1);
  CommandLine line;
  if (first == "--version" || first == "--help" || first == "-h") {
    if (!rest.empty()) {
      throw UsageError(first + " stands alone");
    }
    line.command = first == "--version" ? Command::Version : Command::Help;
    return line;
  }
  line.command = parseCommand(first);
  if (line.command != Command::Help) {
    OptionReader(rest, line).readAll();
  } else if (rest.size() == 1) {
    line.helpTopic = parseCommand(rest.front());
  } else if (rest.size() > 1) {
    throw UsageError("help takes one command");
  }
  return line;
}

}  // namespace mediadock::app
