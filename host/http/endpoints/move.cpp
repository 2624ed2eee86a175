#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/exchange/json_body.h"
#include "http/listings/media_json.h"
#include "http/logs/audit_log.h"
#include "media/media_service.h"

namespace mediadock::http {

Endpoint moveEndpoint(media::MediaService& media, AuditLog& audit, const UrlSigner& signer) {
  return [&media, &audit, &signer](Request& request, Response& response) {
    const auto body = JsonBody::read(request, {"from", "to"});
    const StoragePath from = request.authorizedPath(body.requireText("from"));
    const StoragePath to = request.authorizedPath(body.requireText("to"));
    Entry entry;
    audit.follow(request, {.what = "move", .path = from.str(), .target = to.str()},
                 [&](Change& change) {
                   const media::MoveResult moved = media.move(from, to, request.context());
                   entry = moved.entry;
                   change.before = moved.etagBefore;
                   change.after = entry.etag;
                 });
    sendJson(response, 200,
             toJson(entry, FileUrls(signer, request.caller(), request.client().publicPath)));
  };
}

}  // namespace mediadock::http
