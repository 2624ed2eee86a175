#include "http/listings/listing_head.h"

#include "http/exchange/json_answer.h"
#include "http/syntax/accept.h"
#include "http/syntax/conditional.h"
#include "http/syntax/digest.h"
#include "http/syntax/gzip.h"
#include "http/syntax/percent_encoding.h"
#include "http/syntax/problem_exception.h"

namespace mediadock::http {
namespace {

/// Half of a SHA-256 in hex: no accidental collisions.
constexpr std::size_t kListingETagLength = 32;

/// Returns whether the listing must be sent. If not, a 304 has been sent.
bool isWanted(const Request& request, Response& response, const Validators& validators) {
  const Verdict verdict = evaluateConditions(request.headers(), request.method(), validators);
  if (verdict == Verdict::PreconditionFailed) {
    throw ProblemException(412, "the listing is another one by now");
  }
  if (validators.etag) {
    response.setHeader("ETag", validators.etag->str());
  }
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader("Cache-Control", "private, no-cache");
  if (verdict == Verdict::NotModified) {
    response.setStatus(304);
    response.sendEmpty();
    return false;
  }
  return true;
}

}  // namespace

ETag listingETag(std::string_view sha256) {
  return {std::string(sha256.substr(0, kListingETagLength))};
}

void tellOmitted(Response& response, std::size_t count) {
  if (count > 0) {
    response.setHeader(kOmittedEntries, std::to_string(count));
  }
}

void sendListing(const Request& request, Response& response, std::string_view json) {
  const bool isPacked = json.size() >= kLeastPackedBytes && acceptsGzip(request.headers());
  const ETag plain = listingETag(sha256Hex(json));
  const Validators validators{isPacked ? packedEtag(plain) : plain, std::nullopt};
  if (!isWanted(request, response, validators)) {
    return;
  }
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (isPacked) {
    response.setHeader("Content-Encoding", "gzip");
    response.send(kJsonType, gzip(json, Effort::Fast));
    return;
  }
  response.send(kJsonType, json);
}

bool beginListing(const Request& request, Response& response, const ListingForm& form) {
  if (!isWanted(request, response, {.etag = form.etag})) {
    return false;
  }
  if (form.isPacked) {
    response.setHeader("Content-Encoding", "gzip");
  }
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Type", kJsonType);
  if (form.length) {
    response.begin(*form.length);
  } else {
    response.beginChunks();
  }
  return response.wantsBody();
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
  response.setHeader(
      "Link", "<" + request.publicUrl(url) + "cursor=" + std::string(cursor) + ">; rel=\"next\"");
}

}  // namespace mediadock::http
