#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/exchange/json_body.h"
#include "http/listings/media_json.h"
#include "http/logs/audit_log.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

namespace mediadock::http {
namespace {

media::NewRecord parseRecord(const Request& request, const JsonBody& body) {
  media::NewRecord record;
  record.path = request.authorizedPath(body.requireText("nextcloud_path"));
  for (const records::RecordText& text : records::kRecordTexts) {
    record.fields.texts.*text.given = body.text(text.name).value_or("");
  }
  record.fields.tags = body.tags();
  if (const auto text = body.text("direction")) {
    record.fields.direction = records::parseDirection(*text);
    if (!record.fields.direction) {
      throw ProblemException(400, "the field 'direction' must be sent, received or internal");
    }
  }
  return record;
}

}  // namespace

Endpoint createMediaEndpoint(media::MediaService& media, AuditLog& audit) {
  return [&media, &audit](Request& request, Response& response) {
    const auto body =
        JsonBody::read(request, recordFields({"nextcloud_path", "direction", "tags"}));
    const media::NewRecord wanted = parseRecord(request, body);
    records::MediaRecord record;
    audit.follow(request, {.what = "add_record", .path = wanted.path.str()}, [&](Change& change) {
      record = media.addRecord(wanted, request.context());
      change.recordId = record.id;
      change.before = change.after = record.etag;
    });
    response.setHeader("Location", request.publicUrl("/api/crm/media/" + record.id));
    sendJson(response, 201, toJson(record));
  };
}

}  // namespace mediadock::http
