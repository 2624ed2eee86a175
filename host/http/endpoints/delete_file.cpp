#include "http/endpoints/endpoints.h"
#include "http/logs/audit_log.h"
#include "http/syntax/conditional.h"
#include "media/media_service.h"
#include "mediadock/storage_error.h"

namespace mediadock::http {
namespace {

bool hasConditions(const Headers& headers) {
  return headers.has("If-Match") || headers.has("If-None-Match") ||
         headers.has("If-Unmodified-Since");
}

/// Evaluates the preconditions against the current entry. If its etag is strong, the storage is
/// asked to remove only this version, so that no change can come in between.
RemoveOptions parseConditions(media::MediaService& media, const Request& request,
                              const StoragePath& path) {
  RemoveOptions options{.recursive = request.query().flag("recursive")};
  if (!hasConditions(request.headers())) {
    return options;
  }
  const auto entry = media.stat(path, request.context());
  if (!entry) {
    // If there is no entry, preconditions are ignored (RFC 9110 §13.2.1): the response is 404
    // anyway.
    return options;
  }
  if (evaluateConditions(request.headers(), request.method(), validatorsOf(*entry)) !=
      Verdict::Proceed) {
    throw StorageError(StorageErrc::PreconditionFailed, "another version");
  }
  const bool isStrong = entry->etag && !entry->etag->isWeak && !entry->isDirectory();
  if (isStrong) {
    options.ifMatch = entry->etag;
  }
  return options;
}

}  // namespace

Endpoint deleteFileEndpoint(media::MediaService& media, AuditLog& audit) {
  return [&media, &audit](Request& request, Response& response) {
    const StoragePath path = request.storagePath();
    const RemoveOptions options = parseConditions(media, request, path);
    audit.follow(request, {.what = "delete", .path = path.str()}, [&](Change& change) {
      change.before = media.remove(path, options, request.context());
    });
    response.setStatus(204);
    response.sendEmpty();
  };
}

}  // namespace mediadock::http
