#include "http/site/static_file.h"

#include "http/syntax/accept.h"
#include "http/syntax/conditional.h"
#include "http/syntax/gzip.h"
#include "http/syntax/problem_exception.h"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace mediadock::http {
namespace {

/// The page runs only its own scripts. It shows stored files by their URLs, and data derived from
/// them by `blob:`; a frame with such data inherits this policy, so its scripts do not run. Styles
/// set on elements by scripts need `unsafe-inline`.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; media-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Thread-safe.
class ServedFile {
 public:
  explicit ServedFile(StaticFile file) : file_(std::move(file)) {}

  void answer(const Request& request, Response& response);

 private:
  void describe(const ETag& etag, Response& response) const;
  const std::string& packed();

  const StaticFile file_;
  std::once_flag packing_;
  /// Written once, guarded by `packing_`.
  std::string packed_;
};

void ServedFile::answer(const Request& request, Response& response) {
  const bool isPacked = file_.isWorthPacking && acceptsGzip(request.headers());
  const ETag etag = isPacked ? packedEtag(file_.etag) : file_.etag;
  const Verdict verdict =
      evaluateConditions(request.headers(), request.method(), {etag, std::nullopt});
  if (verdict == Verdict::PreconditionFailed) {
    throw ProblemException(412, "it is another one by now");
  }
  describe(etag, response);
  if (verdict == Verdict::NotModified) {
    response.setStatus(304);
    response.sendEmpty();
    return;
  }
  if (isPacked) {
    response.setHeader("Content-Encoding", "gzip");
  }
  response.send(file_.contentType, isPacked ? packed() : file_.bytes);
}

void ServedFile::describe(const ETag& etag, Response& response) const {
  response.setHeader("ETag", etag.str());
  if (file_.isWorthPacking) {
    response.setHeader("Vary", "Accept-Encoding");
  }
  response.setHeader("Cache-Control",
                     file_.isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", kPagePolicy);
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  // For images on the page, only Referer shows that they are embedded by this origin.
  response.setHeader("Referrer-Policy", "same-origin");
}

/// Compressed on first use: at startup it would cost time for files that may never be requested.
const std::string& ServedFile::packed() {
  std::call_once(packing_, [this] { packed_ = gzip(file_.bytes, Effort::Utmost); });
  return packed_;
}

}  // namespace

Endpoint staticFileEndpoint(StaticFile file) {
  const auto served = std::make_shared<ServedFile>(std::move(file));
  return [served](Request& request, Response& response) { served->answer(request, response); };
}

Endpoint missingPageEndpoint() {
  return [](Request&, Response&) {
    throw ProblemException(404,
                           "the Media tab was not built when this server started: run `npm ci` and "
                           "`npm run build` in examples/media-tab and start it again, or name the "
                           "folder of another page in http.static_root");
  };
}

}  // namespace mediadock::http
