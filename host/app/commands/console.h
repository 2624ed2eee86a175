#pragma once

/// \file
/// What the commands say to the person, or the program, that called them.

#include "app/secrets/redactor.h"

#include <ostream>
#include <string>

namespace mediadock {

/// Standard output and error, without secrets. Not thread-safe.
class Console final {
 public:
  /// Both must outlive the console.
  Console(std::ostream& output, std::ostream& error) : output_(output), error_(error) {}

  /// From now on hides what `redactor` knows.
  void hide(const Redactor& redactor) { redactor_ = redactor; }

  /// Writes one line of result, at once.
  void print(const std::string& line);

  /// Writes `mediadock: LINE` to standard error.
  void printError(const std::string& line);

 private:
  std::ostream& output_;
  std::ostream& error_;
  Redactor redactor_;
};

}  // namespace mediadock
