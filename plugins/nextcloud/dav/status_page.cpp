#include "dav/status_page.h"

#include "http/path_segments.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <vector>

namespace mediadock::nextcloud {

std::string statusPageTarget(const DavSettings& settings) {
  const auto& root = settings.rootSegments;
  std::vector<std::string> page(root.begin(), std::find(root.begin(), root.end(), "remote.php"));
  page.emplace_back("status.php");
  return http_client::encodeSegments(page);
}

std::optional<bool> readMaintenance(const std::string& page) {
  try {
    Poco::JSON::Parser parser;
    const auto json = parser.parse(page).extract<Poco::JSON::Object::Ptr>();
    if (!json || !json->has("installed")) {
      return std::nullopt;
    }
    return json->optValue<bool>("maintenance", false);
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace mediadock::nextcloud
