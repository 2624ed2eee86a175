#include "dav/dav_entry.h"

#include "http/server_date.h"
#include "mediadock/storage_error.h"

#include <utility>

namespace mediadock::nextcloud {

std::optional<ETag> parseDavETag(std::string_view text) {
  if (text.starts_with("W/")) {
    text.remove_prefix(2);
  }
  const bool isQuoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  auto value = isQuoted ? text.substr(1, text.size() - 2) : text;
  for (const std::string_view suffix : {"--gzip", "-gzip"}) {
    if (value.ends_with(suffix)) {
      value.remove_suffix(suffix.size());
    }
  }
  // Unchanged if nothing was removed.
  const bool isWhole = isQuoted && value.size() + 2 == text.size();
  auto etag = isWhole ? ETag::parse(text) : ETag::parse('"' + std::string(value) + '"');
  return etag && etag->value.empty() ? std::nullopt : etag;
}

bool isUnreachable(const DavItem& item) {
  return item.isCollection && item.fileId == "-1" && !parseDavETag(item.etag);
}

bool mayCreate(const DavItem& item) {
  // C: files. K: folders.
  return item.permissions.empty() || item.permissions.find_first_of("CK") != std::string::npos;
}

void refuseUnreachable(const StoragePath& path) {
  throw StorageError({.code = StorageErrc::Unavailable,
                      .message = "one storage behind the server is down",
                      .path = path.str()});
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
  entry.modifiedAt = http_client::parseServerDate(item.lastModified);
  entry.etag = parseDavETag(item.etag);
  entry.fileId = isUnreachable(item) ? "" : item.fileId;
  if (!item.isCollection) {
    entry.contentType = item.contentType;
    entry.size = http_client::parseDecimal(item.contentLength);
  }
  return entry;
}

Entry toEntry(const http_client::HttpHead& head, const StoragePath& path) {
  Entry entry;
  entry.path = path;
  const auto own = head.field("OC-ETag");
  entry.etag = parseDavETag(own.empty() ? head.field("ETag") : own);
  entry.modifiedAt = http_client::parseServerDate(head.field("Last-Modified"));
  return entry;
}

}  // namespace mediadock::nextcloud
