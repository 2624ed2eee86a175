#include "edge/access_lines.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace mediadock {

std::vector<AccessLine> accessLines(const std::string& output) {
  std::vector<AccessLine> lines;
  std::istringstream in(output);
  for (std::string line; std::getline(in, line);) {
    // A line that is still being written has no end.
    if (in.eof() || !line.starts_with('{') || line.find("\"outcome\":") == std::string::npos) {
      continue;
    }
    const auto object = Poco::JSON::Parser().parse(line).extract<Poco::JSON::Object::Ptr>();
    lines.push_back({.id = object->getValue<std::string>("id"),
                     .method = object->getValue<std::string>("method"),
                     .path = object->getValue<std::string>("path"),
                     .status = object->getValue<int>("status"),
                     .outcome = object->getValue<std::string>("outcome")});
  }
  return lines;
}

}  // namespace mediadock
