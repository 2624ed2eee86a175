#include "support/scripted_nextcloud/preconditions.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/names.h"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/DateTimeParser.h>
#include <Poco/RegularExpression.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <vector>

namespace mediadock::scripted {

namespace {

bool isListed(const std::string& list, const std::string& quotedEtag) {
  const Poco::StringTokenizer tags(list, ",", Poco::StringTokenizer::TOK_TRIM);
  return std::ranges::find(tags, quotedEtag) != tags.end();
}

/// Folders have an entity tag in listings, but none that a condition is compared with.
std::string comparableEtag(const std::optional<NodeInfo>& target) {
  return target && !target->isFolder ? '"' + target->etag + '"' : std::string();
}

Answer notModified(const std::string& etag) {
  Answer answer;
  answer.status = 304;
  answer.framing = Answer::Framing::NoBody;
  answer.headers = {{"Content-Security-Policy", "default-src 'none';"}};
  if (!etag.empty()) {
    answer.set("ETag", etag);
  }
  return answer;
}

void checkIfMatch(const std::string& wanted, const std::optional<NodeInfo>& target) {
  if (!target) {
    throw preconditionFailed("If-Match",
                             "An If-Match header was specified and the resource did not exist");
  }
  const std::string etag = comparableEtag(*target);
  if (wanted == "*" || (!etag.empty() && isListed(wanted, etag))) {
    return;
  }
  DavError error = preconditionFailed(
      "If-Match", "An If-Match header was specified, but none of the specified ETags matched.");
  throw etag.empty() ? std::move(error) : std::move(error).with("ETag", etag);
}

}  // namespace

std::optional<Answer> checkPreconditions(const Request& request,
                                         const std::optional<NodeInfo>& target) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (request.has("If-Match")) {
    checkIfMatch(request.header("If-Match"), target);
  }
  const std::string etag = comparableEtag(target);
  if (const std::string unwanted = request.header("If-None-Match"); !unwanted.empty()) {
    const bool any = unwanted == "*" && target;
    if (any || (!etag.empty() && isListed(unwanted, etag))) {
      if (reads) {
        return notModified(any ? "" : etag);
      }
      throw preconditionFailed(
          "If-None-Match",
          "An If-None-Match header was specified, but the ETag matched (or * was specified).");
    }
  } else if (const auto since = parseHttpDate(request.header("If-Modified-Since"));
             since && reads && target && !target->isFolder && target->modified <= *since) {
    return notModified(etag);
  }
  if (const auto since = parseHttpDate(request.header("If-Unmodified-Since"));
      since && target && target->modified > *since) {
    throw preconditionFailed("If-Unmodified-Since",
                             "An If-Unmodified-Since header was specified, but the entity has been "
                             "changed since the specified date.");
  }
  return std::nullopt;
}

void checkIfHeader(const Request& request, const DavTree& tree, const std::string& base) {
  static const Poco::RegularExpression kTagged(R"re(^\s*<([^>]*)>\s*\(\s*\[([^\]]*)\]\s*\)\s*$)re");
  std::vector<std::string> parts;
  if (kTagged.split(request.header("If"), parts) == 0) {
    return;
  }
  const std::string path = decodePercent(parts[1]).value_or("");
  const std::size_t start = path.find(base);
  const auto target = start == std::string::npos
                          ? std::nullopt
                          : tree.find(toTreePath(path.substr(start + base.size())));
  if (!target || comparableEtag(target) != parts[2]) {
    throw preconditionFailed(
        "If", "Failed to find a valid token/etag combination for " +
                  path.substr(path.find("files/") == std::string::npos ? 0 : path.find("files/")));
  }
}

std::optional<std::time_t> parseHttpDate(const std::string& text) {
  Poco::DateTime time;
  int zone = 0;
  if (text.empty() ||
      !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, text, time, zone)) {
    return std::nullopt;
  }
  return time.timestamp().epochTime();
}

std::string toHttpDate(std::time_t time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace mediadock::scripted
