#pragma once

/// \file
/// Requests whose end two servers could see in different places, and what comes of each.

#include <string>
#include <vector>

namespace mediadock {

struct FramingCase {
  /// The row of the list of cases, and what is special.
  std::string name;
  /// What is sent. An ordinary request follows it on the same connection.
  std::string request;
  /// The statuses of all answers, until the connection ends. `400` alone: the request behind it was
  /// not read. `405 200`: it was.
  std::string host;
  /// The same of an nginx that answers 200 to GET and HEAD and 405 to all else, as the host does.
  std::string nginx;
  /// Why they differ; empty where they do not.
  std::string reason;
};

const std::vector<FramingCase>& framingCases();

}  // namespace mediadock
