#include "http/admission/cors.h"

#include <algorithm>
#include <optional>
#include <string>

namespace mediadock::http {
namespace {

constexpr const char* kMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// Request headers that a page may send in addition to the CORS-safelisted ones.
constexpr const char* kRequestHeaders =
    "Authorization, Content-Digest, Content-Type, Idempotency-Key, If-Match, If-Modified-Since, "
    "If-None-Match, If-Range, If-Unmodified-Since, Range, Tus-Resumable, Upload-Checksum, "
    "Upload-Concat, Upload-Defer-Length, Upload-Length, Upload-Metadata, Upload-Offset, X-API-Key, "
    "X-HTTP-Method-Override, X-Request-Id, X-Requested-With";

/// Response headers that a page may read in addition to the CORS-safelisted ones.
constexpr const char* kAnswerHeaders =
    "Accept-Ranges, Allow, Content-Disposition, Content-Length, Content-Range, ETag, Link, "
    "Location, Mediadock-Omitted-Entries, "
    "Repr-Digest, Retry-After, Tus-Checksum-Algorithm, Tus-Extension, Tus-Max-Size, Tus-Resumable, "
    "Tus-Version, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset, WWW-Authenticate, "
    "X-Request-Id";

/// Browsers notice a change of the configuration within an hour.
constexpr const char* kMaxAge = "3600";

std::optional<std::string> single(const Headers& headers, std::string_view name) {
  const auto values = headers.all(name);
  return values.size() == 1 ? std::optional(std::string(values.front())) : std::nullopt;
}

}  // namespace

bool Cors::allows(std::string_view origin) const {
  const auto parsed = Origin::parse(origin);
  // Browsers use the canonical form only; an equivalent form comes from another client.
  return contains(parsed) && parsed->str() == origin;
}

void Cors::describe(const Headers& request, Response& response) const {
  response.setStandingHeader("Cross-Origin-Resource-Policy",
                             mayEmbed(request) ? "cross-origin" : "same-origin");
  if (allowed_.empty()) {
    return;
  }
  response.setStandingHeader("Vary", "Origin");
  const auto origin = single(request, "Origin");
  if (origin && allows(*origin)) {
    response.setStandingHeader("Access-Control-Allow-Origin", *origin);
    response.setStandingHeader("Access-Control-Allow-Credentials", "true");
    response.setStandingHeader("Access-Control-Expose-Headers", kAnswerHeaders);
  }
}

bool Cors::answerPreflight(const RequestHead& head, Response& response) const {
  const auto origin = single(head.headers, "Origin");
  if (head.method != "OPTIONS" || !origin || !allows(*origin) ||
      !head.headers.has("Access-Control-Request-Method")) {
    return false;
  }
  response.setHeader("Access-Control-Allow-Methods", kMethods);
  response.setHeader("Access-Control-Allow-Headers", kRequestHeaders);
  response.setHeader("Access-Control-Max-Age", kMaxAge);
  response.setStatus(204);
  response.sendEmpty();
  return true;
}

bool Cors::contains(const std::optional<Origin>& origin) const {
  return origin && std::find(allowed_.begin(), allowed_.end(), *origin) != allowed_.end();
}

/// For an `<img>`, only `Referer` shows the embedding page.
bool Cors::mayEmbed(const Headers& request) const {
  const auto origin = single(request, "Origin");
  if (origin) {
    return allows(*origin);
  }
  const auto referrer = single(request, "Referer");
  return referrer && contains(Origin::ofUrl(*referrer));
}

}  // namespace mediadock::http
