#include "dav_entry.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace mediadock {

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
  // As it came, where nothing was taken off.
  const bool isWhole = isQuoted && value.size() + 2 == text.size();
  auto etag = isWhole ? ETag::parse(text) : ETag::parse('"' + std::string(value) + '"');
  return etag && etag->value.empty() ? std::nullopt : etag;
}

std::optional<Timestamp> parseHttpDate(std::string_view text) {
  // `Sun, 06 Nov 1994 08:49:37 GMT` and nothing else (RFC 9110 §5.6.7).
  constexpr std::string_view kForm = "aaa, 00 aaa 0000 00:00:00 GMT";
  const auto fits = [](char c, char form) {
    return form == '0'   ? c >= '0' && c <= '9'
           : form == 'a' ? (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
                         : c == form;
  };
  if (text.size() != kForm.size() || !std::equal(text.begin(), text.end(), kForm.begin(), fits)) {
    return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char digit : text.substr(at, digits)) {
      value = value * 10 + (digit - '0');
    }
    return value;
  };
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto month = kMonths.find(text.substr(8, 3));
  const std::chrono::year_month_day date{std::chrono::year(number(12, 4)),
                                         std::chrono::month(static_cast<unsigned>(month / 3) + 1),
                                         std::chrono::day(static_cast<unsigned>(number(5, 2)))};
  const auto [hour, minute, second] = std::array{number(17, 2), number(20, 2), number(23, 2)};
  // 60 is a leap second.
  if (month == std::string_view::npos || month % 3 != 0 || !date.ok() || hour > 23 || minute > 59 ||
      second > 60) {
    return std::nullopt;
  }
  return Timestamp(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
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
