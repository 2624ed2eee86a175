#include "support/scripted_nextcloud/upload.h"

#include "support/scripted_nextcloud/body_receiver.h"
#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preconditions.h"

#include <Poco/NumberParser.h>
#include <Poco/String.h>

namespace mediadock::scripted {

namespace {

constexpr double kOneDay = 86400;

const std::map<std::string, std::string>& headersByAlgorithm() {
  static const std::map<std::string, std::string> headers = {
      {"MD5", "X-Hash-MD5"}, {"SHA1", "X-Hash-SHA1"}, {"SHA256", "X-Hash-SHA256"}};
  return headers;
}

BodyHashes wantedHashes(const Request& request) {
  const std::string asked = Poco::toUpper(request.header("X-Hash"));
  BodyHashes wanted;
  for (const auto& [algorithm, header] : headersByAlgorithm()) {
    if (asked == algorithm || asked == "ALL") {
      wanted[algorithm];
    }
  }
  return wanted;
}

void receive(const Request& request, DavTree::Writing& writing, BodyHashes& hashes) {
  // PHP behind the web server is told no length and finds nothing; the file stays empty.
  if (request.body.isChunked()) {
    request.body.discard();
    return;
  }
  receiveInto(request.body, writing.descriptor(), hashes);
}

}  // namespace

std::optional<std::time_t> parseTime(const Request& request, const std::string& header) {
  double seconds = 0;
  if (!Poco::NumberParser::tryParseFloat(request.header(header), seconds) || seconds <= kOneDay) {
    return std::nullopt;
  }
  return static_cast<std::time_t>(seconds);
}

bool isBadTime(const Request& request, const std::string& header) {
  return !request.header(header).empty() && !parseTime(request, header);
}

Answer badTimeAnswer(const Request& request, const std::string& header) {
  return DavError(500, "InvalidArgumentException",
                  header +
                      " header must be a valid positive unix timestamp greater than one day, got "
                      "\"" +
                      request.header(header) + "\".")
      .toAnswer();
}

Answer upload(const Exchange& exchange) {
  const Request& request = exchange.request;
  DavTree& tree = exchange.account.tree;
  checkPreconditions(request, tree.find(exchange.path));
  if (request.has("Content-Range")) {
    throw badRequest("Content-Range on PUT requests are forbidden");
  }
  if (request.header("X-NC-WebDAV-Auto-Mkcol") == "1") {
    tree.makeFolders(parentOf(exchange.path));
  }
  if (!tree.find(exchange.path)) {
    tree.checkPermitted(exchange.path);
  }
  const std::uint64_t required =
      request.number("OC-Total-Length").value_or(request.body.length().value_or(0));
  const auto writing = tree.openForWriting(exchange.path, required);
  BodyHashes hashes = wantedHashes(request);
  receive(request, *writing, hashes);
  const NodeInfo info = writing->commit({.modified = parseTime(request, "X-OC-MTime"),
                                         .created = parseTime(request, "X-OC-CTime"),
                                         .checksum = request.header("OC-Checksum")});
  Answer answer = emptyAnswer(writing->isNew() ? 201 : 204);
  for (const char* header : {"X-OC-MTime", "X-OC-CTime"}) {
    if (isBadTime(request, header)) {
      return badTimeAnswer(request, header);
    }
    if (!request.header(header).empty()) {
      answer.set(header, "accepted");
    }
  }
  addIdentity(answer, info, exchange.instanceId);
  for (const auto& [algorithm, hash] : hashes) {
    answer.set(headersByAlgorithm().at(algorithm), hash);
  }
  return answer;
}

}  // namespace mediadock::scripted
