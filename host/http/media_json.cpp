#include "http/media_json.h"

#include "http/http_date.h"
#include "media/media_type.h"
#include "media/thumbnail_type.h"

namespace mediadock {
namespace {

std::string_view typeOf(const Entry& entry) {
  return entry.contentType.empty() ? mimeTypeOf(entry.path.name()) : entry.contentType;
}

enum class File { There, Gone };

void writeEntryFields(JsonWriter& json, const Entry& entry, File file, const FileUrls& urls) {
  json.key("filename").value(entry.path.name());
  json.key("path").value(entry.path.str());
  json.key("mime_type");
  if (entry.isDirectory()) {
    json.null();
  } else {
    json.value(typeOf(entry));
  }
  json.key("size");
  entry.size ? json.value(*entry.size) : json.null();
  json.key("last_modified");
  entry.modifiedAt ? json.value(formatRfc3339(*entry.modifiedAt)) : json.null();
  json.key("is_dir").value(entry.isDirectory());
  json.key("etag");
  entry.etag ? json.value(entry.etag->str()) : json.null();
  json.key("url");
  entry.isDirectory() ? json.null() : json.value(urls.of(entry));
  json.key("thumbnail_url");
  const bool hasThumbnail =
      file == File::There && !entry.isDirectory() && hasThumbnails(typeOf(entry));
  hasThumbnail ? json.value(urls.ofThumbnail(entry)) : json.null();
}

}  // namespace

void writeEntry(JsonWriter& json, const Entry& entry, const FileUrls& urls) {
  json.beginObject();
  writeEntryFields(json, entry, File::There, urls);
  json.endObject();
}

void writeItem(JsonWriter& json, const BrowseItem& item, MediaField media, const FileUrls& urls) {
  json.beginObject();
  writeEntryFields(json, item.entry, item.isMissing ? File::Gone : File::There, urls);
  if (media == MediaField::Present) {
    json.key("media");
    item.record ? writeRecord(json, *item.record) : static_cast<void>(json.null());
  }
  if (item.isMissing) {
    json.key("missing").value(true);
  }
  json.endObject();
}

std::string toJson(const std::vector<BrowseItem>& items, MediaField media, const FileUrls& urls) {
  JsonWriter json;
  json.beginArray();
  for (const BrowseItem& item : items) {
    writeItem(json, item, media, urls);
  }
  json.endArray();
  return json.take();
}

void writeRecord(JsonWriter& json, const MediaRecord& record) {
  json.beginObject();
  json.key("id").value(record.id);
  json.key("customer_id").valueOrNull(record.customerId);
  json.key("order_id").valueOrNull(record.orderId);
  json.key("type").value(toString(record.type));
  json.key("filename").value(record.filename);
  json.key("nextcloud_path").value(record.path.str());
  json.key("mime_type").valueOrNull(record.mimeType);
  json.key("size").value(record.size);
  json.key("etag");
  record.etag ? json.value(record.etag->str()) : json.null();
  json.key("sha256").valueOrNull(record.sha256);
  json.key("direction");
  record.direction ? json.value(toString(*record.direction)) : json.null();
  json.key("tags").beginArray();
  for (const std::string& tag : record.tags) {
    json.value(tag);
  }
  json.endArray();
  json.key("uploaded_by").valueOrNull(record.uploadedBy);
  json.key("created_at").value(formatRfc3339(record.createdAt));
  json.endObject();
}

std::string toJson(const MediaRecord& record) {
  JsonWriter json;
  writeRecord(json, record);
  return json.take();
}

std::string toJson(const Entry& entry, const FileUrls& urls) {
  JsonWriter json;
  writeEntry(json, entry, urls);
  return json.take();
}

}  // namespace mediadock
