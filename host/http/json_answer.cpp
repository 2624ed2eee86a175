#include "http/json_answer.h"

#include "http/conditional.h"
#include "http/content_coding.h"
#include "http/digest.h"
#include "http/percent_encoding.h"
#include "http/problem.h"

namespace mediadock {
namespace {

constexpr std::string_view kJson = "application/json; charset=utf-8";
/// Half of a SHA-256 in hex: no two listings will ever share it by chance.
constexpr std::size_t kETagLength = 32;

void sendText(Response& response, std::string_view json, std::string_view caching) {
  response.setHeader("Cache-Control", std::string(caching));
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.send(kJson, json);
}

}  // namespace

void sendJson(Response& response, int status, std::string_view json) {
  response.setStatus(status);
  sendText(response, json, "no-store");
}

void sendListing(const Request& request, Response& response, std::string_view json) {
  const bool isPacked = json.size() >= kLeastPackedBytes && acceptsGzip(request.headers());
  const ETag plain{sha256Hex(json).substr(0, kETagLength)};
  const Validators validators{isPacked ? packedEtag(plain) : plain, std::nullopt};
  const Verdict verdict = evaluateConditions(request.headers(), request.method(), validators);
  if (verdict == Verdict::PreconditionFailed) {
    throw ProblemException(412, "the listing is another one by now");
  }
  response.setHeader("ETag", validators.etag->str());
  response.setHeader("Vary", "Accept-Encoding");
  if (verdict == Verdict::NotModified) {
    response.setHeader("Cache-Control", "private, no-cache");
    response.setStatus(304);
    response.sendEmpty();
    return;
  }
  if (isPacked) {
    response.setHeader("Content-Encoding", "gzip");
    sendText(response, gzip(json, Effort::Fast), "private, no-cache");
    return;
  }
  sendText(response, json, "private, no-cache");
}

void linkNextPage(const Request& request, Response& response, std::string_view cursor) {
  std::string url = percentEncode(request.path());
  for (std::size_t at = url.find("%2F"); at != std::string::npos; at = url.find("%2F", at)) {
    url.replace(at, 3, "/");
  }
  url += "?";
  for (const auto& [name, value] : request.query().all()) {
    if (name != "cursor") {
      url += percentEncode(name) + "=" + percentEncode(value) + "&";
    }
  }
  response.setHeader("Link", "<" + url + "cursor=" + std::string(cursor) + ">; rel=\"next\"");
}

}  // namespace mediadock
