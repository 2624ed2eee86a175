#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/exchange/json_body.h"
#include "http/listings/media_json.h"
#include "http/logs/audit_log.h"
#include "media/media_service.h"

namespace mediadock::http {
namespace {

/// A folder that exists already is not a change.
bool makeFolder(media::MediaService& media, AuditLog& audit, const Request& request,
                const StoragePath& path) {
  bool wasMade = false;
  audit.follow(request, {.what = "create_folder", .path = path.str()}, [&](Change& change) {
    wasMade = media.makeFolder(path, request.context());
    change.wasMade = wasMade;
  });
  return wasMade;
}

}  // namespace

Endpoint createFolderEndpoint(media::MediaService& media, AuditLog& audit,
                              const UrlSigner& signer) {
  return [&media, &audit, &signer](Request& request, Response& response) {
    const auto body = JsonBody::read(request, {"path"});
    const StoragePath path = request.authorizedPath(body.requireText("path"));
    const bool wasMade = makeFolder(media, audit, request, path);
    const Entry folder{.path = path, .kind = EntryKind::Directory};
    sendJson(response, wasMade ? 201 : 200,
             toJson(folder, FileUrls(signer, request.caller(), request.client().publicPath)));
  };
}

}  // namespace mediadock::http
