#include "dav_entry.h"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Exception.h>

#include <utility>

namespace mediadock {

std::optional<ETag> parseDavETag(std::string_view text) {
  if (text.starts_with("W/")) {
    text.remove_prefix(2);
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  for (const std::string_view suffix : {"--gzip", "-gzip"}) {
    if (text.ends_with(suffix)) {
      text.remove_suffix(suffix.size());
    }
  }
  auto etag = ETag::parse('"' + std::string(text) + '"');
  return etag && etag->value.empty() ? std::nullopt : etag;
}

std::optional<Timestamp> parseHttpDate(const std::string& text) {
  Poco::DateTime time;
  int zone = 0;
  // Poco finds a date in nearly anything.
  constexpr std::size_t kDateBytes = 29;
  if (text.size() != kDateBytes || text[3] != ',' ||
      !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, text, time, zone)) {
    return std::nullopt;
  }
  return Timestamp(std::chrono::microseconds(time.timestamp().epochMicroseconds()));
}

std::variant<Entry, std::string> toEntry(const DavItem& item, const DavUrls& urls) {
  auto path = urls.resolve(item.href);
  if (!path) {
    return "left out '" + item.href.substr(0, 200) + "': its address is not below this storage";
  }
  if (!item.hasProperties) {
    return "left out '" + path->str() + "': the storage says nothing about it";
  }
  Entry entry;
  entry.path = std::move(*path);
  entry.kind = item.isCollection ? EntryKind::Directory : EntryKind::File;
  entry.modifiedAt = parseHttpDate(item.lastModified);
  entry.etag = parseDavETag(item.etag);
  entry.fileId = item.fileId;
  if (!item.isCollection) {
    entry.contentType = item.contentType;
    entry.size = parseDecimal(item.contentLength);
    if (!entry.size) {
      return "left out '" + entry.path.str() + "': the storage gives no size";
    }
  }
  return entry;
}

Entry toEntry(const HttpHead& head, const StoragePath& path) {
  Entry entry;
  entry.path = path;
  const auto own = head.field("OC-ETag");
  entry.etag = parseDavETag(own.empty() ? head.field("ETag") : own);
  entry.modifiedAt = parseHttpDate(head.field("Last-Modified"));
  return entry;
}

}  // namespace mediadock
