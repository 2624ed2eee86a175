#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/listings/media_json.h"
#include "http/syntax/problem_exception.h"
#include "http/uploads/idempotency_key.h"
#include "http/uploads/multipart_upload.h"
#include "media/media_service.h"

#include <string>
#include <vector>

namespace mediadock::http {
namespace {

std::string toJson(const std::vector<records::MediaRecord>& records) {
  if (records.size() == 1) {
    return http::toJson(records.front());
  }
  JsonWriter json;
  json.beginArray();
  for (const records::MediaRecord& record : records) {
    writeRecord(json, record);
  }
  json.endArray();
  return json.take();
}

void checkBody(Request& request, std::uint64_t maxUploadBytes) {
  if (request.headers().has("Content-Encoding")) {
    throw ProblemException(415, "a form cannot come with a Content-Encoding");
  }
  if (!request.hasBody()) {
    throw ProblemException(411, "an upload needs a body");
  }
  request.body().setLimit(maxUploadBytes + MultipartReader::kMaxFormBytes);
}

}  // namespace

Endpoint uploadEndpoint(media::MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes) {
  return [&media, &audit, maxUploadBytes](Request& request, Response& response) {
    checkBody(request, maxUploadBytes);
    const auto type = request.headers().joined("Content-Type").value_or("");
    MultipartReader reader(request.body(), parseBoundary(type));
    const auto key = idempotencyKeyOf(request.headers());
    const auto repeatable =
        key ? media.startRepeatable(request.caller().name, *key, request.context()) : nullptr;
    MultipartUpload form(media, audit, request, repeatable.get(), maxUploadBytes);
    const auto records = form.take(reader);
    response.setHeader("Location", request.publicUrl(plainFileUrl(records.front().path)));
    sendJson(response, 201, toJson(records));
  };
}

}  // namespace mediadock::http
