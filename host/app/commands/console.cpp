#include "app/commands/console.h"

namespace mediadock::app {

void Console::print(const std::string& line) {
  output_ << redactor_.redact(line) << '\n' << std::flush;
}

void Console::printError(const std::string& line) {
  error_ << "mediadock: " << redactor_.redact(line) << '\n' << std::flush;
}

}  // namespace mediadock::app
