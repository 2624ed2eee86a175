#include "http/access/auth_problems.h"
#include "http/endpoints/endpoints.h"
#include "http/exchange/drain.h"
#include "http/exchange/json_answer.h"
#include "http/syntax/http_date.h"
#include "http/syntax/json_writer.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"
#include "media/readiness.h"
#include "storage/boundary/call_watch.h"

namespace mediadock::http {
namespace {

[[noreturn]] void refuseForNow(std::string detail) {
  throw ProblemException(
      {.status = 503, .detail = std::move(detail), .headers = {{"Retry-After", "1"}}});
}

std::string toJson(const Capabilities& storage) {
  JsonWriter json;
  json.beginObject();
  json.key("status").value(std::string_view("ready"));
  json.key("abilities").beginArray();
  for (const auto name : abilityNames(storage)) {
    json.value(name);
  }
  json.endArray();
  json.key("evidence").beginArray();
  for (const auto& evidence : storage.evidence) {
    json.beginObject();
    json.key("ability").value(std::string_view(evidence.ability));
    json.key("asked").value(std::string_view(evidence.asked));
    json.key("answered").value(std::string_view(evidence.answered));
    json.key("at").value(std::string_view(formatRfc3339(evidence.at)));
    json.endObject();
  }
  json.endArray();
  json.key("lost_calls").value(std::uint64_t{storage::lostCalls()});
  json.endObject();
  return json.take();
}

}  // namespace

Endpoint readyzEndpoint(media::Readiness& readiness, const Drain& drain,
                        media::MediaService& media) {
  return [&readiness, &drain, &media](Request& request, Response& response) {
    const bool isVerbose = request.query().flag("verbose");
    if (isVerbose) {
      requireScope(request.caller(), Scope::Admin);
    }
    if (drain.isDraining()) {
      refuseForNow("the server is stopping");
    }
    if (!readiness.isReady(request.context())) {
      refuseForNow("the storage or the records cannot be reached");
    }
    sendJson(response, 200,
             isVerbose ? toJson(media.capabilities()) : std::string(R"({"status":"ready"})"));
  };
}

}  // namespace mediadock::http
