#include "http/endpoints/authorized_record.h"
#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/exchange/json_body.h"
#include "http/listings/media_json.h"
#include "http/logs/audit_log.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

namespace mediadock::http {
namespace {

/// Null clears a text.
std::optional<std::string> patchedText(const JsonBody& body, std::string_view name) {
  return body.has(name) ? std::optional(body.text(name).value_or("")) : std::nullopt;
}

records::MediaType parseType(const std::string& text) {
  const auto type = records::parseMediaType(text);
  if (!type) {
    throw ProblemException(400, "the field 'type' must be photo, video, audio, document or other");
  }
  return *type;
}

std::optional<records::Direction> parsePatchedDirection(const std::optional<std::string>& text) {
  if (!text) {
    return std::nullopt;
  }
  const auto direction = records::parseDirection(*text);
  if (!direction) {
    throw ProblemException(400, "the field 'direction' must be sent, received, internal or null");
  }
  return direction;
}

records::RecordPatch parsePatch(const JsonBody& body) {
  records::RecordPatch patch;
  for (const records::RecordText& text : records::kRecordTexts) {
    patch.*text.ofPatch = patchedText(body, text.name);
  }
  if (body.has("type")) {
    patch.type = parseType(body.requireText("type"));
  }
  if (body.has("direction")) {
    patch.direction = parsePatchedDirection(body.text("direction"));
  }
  if (body.has("tags")) {
    patch.tags = body.tags();
  }
  return patch;
}

}  // namespace

Endpoint patchMediaEndpoint(media::MediaService& media, AuditLog& audit) {
  return [&media, &audit](Request& request, Response& response) {
    const auto body = JsonBody::read(request, recordFields({"type", "direction", "tags"}));
    const std::string id = authorizedRecord(media, request).id;
    const records::RecordPatch patch = parsePatch(body);
    records::MediaRecord record;
    audit.follow(request, {.what = "edit_record", .recordId = id}, [&](Change& change) {
      record = media.updateRecord(id, patch);
      change.path = record.path.str();
      change.before = change.after = record.etag;
    });
    sendJson(response, 200, toJson(record));
  };
}

}  // namespace mediadock::http
