#pragma once

/// \file
/// Formats the access log: one line per request, including those that the guard refused.

#include "http/logs/log_format.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace mediadock::http {

enum class Outcome {
  Whole,    ///< The whole response was sent.
  Aborted,  ///< The connection was closed earlier.
};

struct AccessRecord {
  std::chrono::system_clock::time_point time;
  std::string id;
  std::string method;
  /// As received. Of the query, which may contain secrets, only `path=` is logged.
  std::string target;
  std::string remote;
  /// The caller's name; empty if not authenticated.
  std::string caller;
  /// 0: the client disconnected, or the guard sent the response, which has its own line.
  int status = 0;
  std::uint64_t bytes = 0;
  std::chrono::microseconds duration{0};
  Outcome outcome = Outcome::Whole;
};

/// The line without its line break. Nothing sent by a client can end it or forge a field in it.
std::string formatAccess(const AccessRecord& record, LogFormat format);

}  // namespace mediadock::http
