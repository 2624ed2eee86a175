#pragma once

/// \file
/// Requests as a user makes them: by the curl command.

#include <map>
#include <string>
#include <vector>

namespace mediadock {

struct CurlAnswer {
  /// curl's own: 0 done, 18 the body ended early, 52 no answer, 56 the connection broke.
  int exitCode = 0;
  /// 0 where there was no answer.
  int status = 0;
  /// Of the last answer, names in lower case; of repeated ones the last.
  std::map<std::string, std::string> headers;
  std::string body;
};

/// Runs `curl ARGUMENTS` and collects what it received.
CurlAnswer curl(std::vector<std::string> arguments);

}  // namespace mediadock
