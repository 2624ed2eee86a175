#include "support/scripted_nextcloud/exchange.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/names.h"

#include <Poco/NumberFormatter.h>
#include <Poco/String.h>

namespace mediadock::scripted {

namespace {

std::string pathOfUrl(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) {
    return url;
  }
  const std::size_t slash = url.find('/', scheme + 3);
  return slash == std::string::npos ? "/" : url.substr(slash);
}

}  // namespace

std::string toOcFileId(std::uint64_t fileId, const std::string& instanceId) {
  return Poco::NumberFormatter::format0(Poco::UInt64{fileId}, 8) + instanceId;
}

std::string parseDestination(const Exchange& exchange) {
  if (!exchange.request.has("Destination")) {
    throw badRequest("The destination header was not supplied");
  }
  const auto decoded =
      decodePercent(collapsePath(pathOfUrl(exchange.request.header("Destination"))));
  if (!decoded) {
    throw badRequest("The destination header is not a URL");
  }
  const std::string base = "/remote.php/dav/files/" + exchange.account.id + "/";
  for (const std::string& prefix : {base, std::string("/remote.php/webdav/")}) {
    if (Poco::icompare(decoded->substr(0, prefix.size()), prefix) == 0) {
      return toTreePath(decoded->substr(prefix.size()));
    }
  }
  throw forbidden("The destination is out of bounds");
}

Overwrite parseOverwrite(const Request& request) {
  return request.header("Overwrite") == "F" ? Overwrite::Refused : Overwrite::Allowed;
}

void addIdentity(Answer& answer, const NodeInfo& info, const std::string& instanceId) {
  if (!info.isFolder) {
    answer.set("OC-ETag", '"' + info.etag + '"');
    answer.set("ETag", '"' + info.etag + '"');
  }
  answer.set("OC-FileId", toOcFileId(info.fileId, instanceId));
}

}  // namespace mediadock::scripted
