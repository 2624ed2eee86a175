#pragma once

/// \file
/// One line for each request that came, those included that the guard refused.

#include "http/logs/log_format.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace mediadock {

enum class Outcome {
  Whole,    ///< The client was sent all of the answer.
  Aborted,  ///< The connection was closed before that.
};

struct AccessRecord {
  std::chrono::system_clock::time_point time;
  std::string id;
  std::string method;
  /// As it came; written without its query, which may hold what is secret, but for `path=`.
  std::string target;
  std::string remote;
  /// The caller's name; empty where nobody is known.
  std::string caller;
  /// 0: the client was gone, or the guard has answered, which has a line of its own.
  int status = 0;
  std::uint64_t bytes = 0;
  std::chrono::microseconds duration{0};
  Outcome outcome = Outcome::Whole;
};

/// The line, without its end. What a client sent can neither end it nor forge a field in it.
std::string formatAccess(const AccessRecord& record, LogFormat format);

}  // namespace mediadock
