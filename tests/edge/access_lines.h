#pragma once

/// \file
/// What the host's access log says.

#include <string>
#include <vector>

namespace mediadock {

struct AccessLine {
  std::string id;
  /// `-` where the request was refused for its form.
  std::string method;
  std::string path;
  int status = 0;
  std::string outcome;
};

/// The access lines in what a host with `log.format=json` has printed.
std::vector<AccessLine> accessLines(const std::string& output);

}  // namespace mediadock
