#include "http/endpoints/authorized_record.h"
#include "http/endpoints/endpoints.h"
#include "http/logs/audit_log.h"
#include "media/media_service.h"

namespace mediadock::http {

Endpoint deleteMediaEndpoint(media::MediaService& media, AuditLog& audit) {
  return [&media, &audit](Request& request, Response& response) {
    const std::string id = authorizedRecord(media, request).id;
    audit.follow(request, {.what = "delete_record", .recordId = id}, [&](Change& change) {
      const records::MediaRecord record = media.eraseRecord(id);
      change.path = record.path.str();
      change.before = change.after = record.etag;
    });
    response.setStatus(204);
    response.sendEmpty();
  };
}

}  // namespace mediadock::http
