#pragma once

/// \file
/// Output of the commands, with secrets redacted.

#include "app/secrets/redactor.h"

#include <ostream>
#include <string>

namespace mediadock::app {

/// Standard output and standard error. Not thread-safe.
class Console final {
 public:
  /// Both must outlive the console.
  Console(std::ostream& output, std::ostream& error) : output_(output), error_(error) {}

  /// Redacts all further output with `redactor`.
  void hide(const Redactor& redactor) { redactor_ = redactor; }

  /// Writes one line of output and flushes it.
  void print(const std::string& line);

  /// Writes `mediadock: LINE` to standard error.
  void printError(const std::string& line);

 private:
  std::ostream& output_;
  std::ostream& error_;
  Redactor redactor_;
};

}  // namespace mediadock::app
