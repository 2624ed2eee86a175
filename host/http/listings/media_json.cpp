#include "http/listings/media_json.h"

#include "http/syntax/http_date.h"
#include "media/thumbnails/thumbnail_type.h"
#include "media/types/media_type.h"

namespace mediadock::http {
namespace {

std::string_view typeOf(const Entry& entry) {
  return entry.contentType.empty() ? media::mimeTypeOf(entry.path.name()) : entry.contentType;
}

void writeTime(JsonWriter& json, const std::optional<Timestamp>& time) {
  Rfc3339Buffer buffer;
  time ? json.value(formatRfc3339(*time, buffer)) : json.null();
}

void writeETag(JsonWriter& json, const std::optional<ETag>& etag) {
  using namespace std::string_view_literals;
  etag ? json.value({etag->isWeak ? "W/\""sv : "\""sv, etag->value, "\""sv}) : json.null();
}

}  // namespace

void writeEntry(JsonWriter& json, const Entry& entry, const FileUrls& urls) {
  json.beginObject();
  ItemWriter(MediaField::Absent, urls).writeFields(json, entry, ItemWriter::File::There);
  json.endObject();
}

void ItemWriter::write(JsonWriter& json, const media::BrowseItem& item) {
  json.beginObject();
  writeFields(json, item.entry, item.isMissing ? File::Gone : File::There);
  if (media_ == MediaField::Present) {
    json.key("media");
    item.record ? writeRecord(json, *item.record) : static_cast<void>(json.null());
  }
  if (item.isMissing) {
    json.key("missing").value(true);
  }
  json.endObject();
}

void ItemWriter::writeFields(JsonWriter& json, const Entry& entry, File file) {
  const std::string_view type = entry.isDirectory() ? std::string_view() : typeOf(entry);
  json.key("filename").value(entry.path.name());
  json.key("path").value(std::string_view(entry.path.str()));
  json.key("mime_type").valueOrNull(type);
  json.key("size");
  entry.size ? json.value(*entry.size) : json.null();
  json.key("last_modified");
  writeTime(json, entry.modifiedAt);
  json.key("is_dir").value(entry.isDirectory());
  json.key("etag");
  writeETag(json, entry.etag);
  writeUrls(json, entry, file, type);
}

void ItemWriter::writeUrls(JsonWriter& json, const Entry& entry, File file, std::string_view type) {
  if (entry.isDirectory()) {
    json.key("url").null();
    json.key("thumbnail_url").null();
    return;
  }
  split(entry, pieces_);
  json.key("url").value(
      {urls_.fileUrl(), pieces_.path, pieces_.version, urls_.signatureOf(entry, kFilePurpose)});
  json.key("thumbnail_url");
  if (file == File::Gone || !isPicture(type)) {
    json.null();
    return;
  }
  json.value({urls_.thumbnailUrl(), pieces_.path, kThumbnailSize, pieces_.version,
              urls_.signatureOf(entry, kThumbnailPurpose)});
}

bool ItemWriter::isPicture(std::string_view type) {
  if (type != lastType_) {
    lastType_ = type;
    isLastPicture_ = media::hasThumbnails(type);
  }
  return isLastPicture_;
}

std::string toJson(const std::vector<media::BrowseItem>& items, MediaField media,
                   const FileUrls& urls) {
  JsonWriter json;
  json.beginArray();
  ItemWriter writer(media, urls);
  for (const media::BrowseItem& item : items) {
    writer.write(json, item);
  }
  json.endArray();
  return json.take();
}

void writeRecord(JsonWriter& json, const records::MediaRecord& record) {
  json.beginObject();
  json.key("id").value(record.id);
  for (const records::RecordText& text : records::kRecordTexts) {
    json.key(text.name).valueOrNull(record.*text.ofRecord);
  }
  json.key("type").value(toString(record.type));
  json.key("filename").value(record.filename);
  json.key("nextcloud_path").value(record.path.str());
  json.key("mime_type").valueOrNull(record.mimeType);
  json.key("size").value(record.size);
  json.key("etag");
  writeETag(json, record.etag);
  json.key("sha256").valueOrNull(record.sha256);
  json.key("direction");
  record.direction ? json.value(toString(*record.direction)) : json.null();
  json.key("tags").beginArray();
  for (const std::string& tag : record.tags) {
    json.value(tag);
  }
  json.endArray();
  json.key("created_at");
  writeTime(json, record.createdAt);
  json.endObject();
}

std::string toJson(const records::MediaRecord& record) {
  JsonWriter json;
  writeRecord(json, record);
  return json.take();
}

std::string toJson(const Entry& entry, const FileUrls& urls) {
  JsonWriter json;
  writeEntry(json, entry, urls);
  return json.take();
}

}  // namespace mediadock::http
