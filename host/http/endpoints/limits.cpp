#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"
#include "http/exchange/json_body.h"
#include "http/syntax/json_writer.h"
#include "http/uploads/multipart_reader.h"
#include "media/media_service.h"
#include "media/thumbnails/thumbnail_type.h"

namespace mediadock::http {
namespace {

void writeNumber(JsonWriter& json, std::string_view name, std::optional<std::uint64_t> number) {
  json.key(name);
  number ? json.value(*number) : json.null();
}

template <typename Texts>
void writeTexts(JsonWriter& json, std::string_view name, const Texts& texts) {
  json.key(name).beginArray();
  for (const auto& text : texts) {
    json.value(std::string_view(text));
  }
  json.endArray();
}

/// 0 means unlimited.
std::optional<std::uint64_t> knownLimit(std::uint64_t limit) {
  return limit == 0 ? std::nullopt : std::optional(limit);
}

std::string toJson(const media::StorageLimits& limits, std::uint64_t maxUploadBytes,
                   const media::DeniedTypes& deniedTypes) {
  const Capabilities& storage = limits.capabilities;
  JsonWriter json;
  json.beginObject();
  json.key("max_upload_bytes").value(maxUploadBytes);
  writeTexts(json, "denied_types", deniedTypes.list());
  writeNumber(json, "max_object_bytes", knownLimit(storage.maxObjectBytes));
  writeNumber(json, "max_name_bytes", knownLimit(storage.maxNameBytes));
  writeNumber(json, "max_path_bytes", knownLimit(storage.maxPathBytes));
  json.key("max_form_parts").value(std::uint64_t{MultipartReader::kMaxParts});
  json.key("max_field_bytes").value(std::uint64_t{MultipartReader::kMaxFieldBytes});
  json.key("max_json_bytes").value(std::uint64_t{JsonBody::kMaxBytes});
  json.key("max_text_bytes").value(std::uint64_t{records::MediaRecord::kMaxTextBytes});
  json.key("max_tags").value(std::uint64_t{records::MediaRecord::kMaxTags});
  json.key("max_tag_bytes").value(std::uint64_t{records::MediaRecord::kMaxTagBytes});
  json.key("max_tags_bytes").value(std::uint64_t{records::MediaRecord::kMaxTagsBytes});
  json.key("thumbnail_sizes").beginArray();
  for (const std::uint32_t size : media::kThumbnailSizes) {
    json.value(std::uint64_t{size});
  }
  json.endArray();
  json.key("forbidden_characters").value(storage.forbiddenCharacters);
  writeTexts(json, "forbidden_names", storage.forbiddenNames);
  writeTexts(json, "forbidden_basenames", storage.forbiddenBasenames);
  writeTexts(json, "forbidden_prefixes", storage.forbiddenPrefixes);
  writeTexts(json, "forbidden_extensions", storage.forbiddenExtensions);
  json.key("case_sensitive").value(storage.caseSensitive);
  json.key("writable").value(limits.isWritable);
  json.key("quota").beginObject();
  writeNumber(json, "used", limits.quota.used);
  writeNumber(json, "available", limits.quota.available);
  json.endObject();
  writeTexts(json, "abilities", abilityNames(storage));
  writeTexts(json, "not_atomic", limits.notAtomic);
  json.endObject();
  return json.take();
}

}  // namespace

Endpoint limitsEndpoint(media::MediaService& media, std::uint64_t maxUploadBytes) {
  return [&media, maxUploadBytes](Request& request, Response& response) {
    const media::StorageLimits limits = media.limits(request.context());
    sendJson(response, 200, toJson(limits, maxUploadBytes, media.types().denied()));
  };
}

}  // namespace mediadock::http
