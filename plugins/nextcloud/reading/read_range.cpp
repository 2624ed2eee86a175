#include "reading/read_range.h"

#include "http/http_head.h"
#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock::nextcloud {
std::string rangeField(const ByteRange& range) {
  if (range.first == 0 && range.last == 0) {
    // sabre/dav treats a last byte of 0 as absent, and sends the whole file as 206.
    return "bytes=0-1";
  }
  return "bytes=" + (range.first ? std::to_string(*range.first) : "") + "-" +
         (range.last ? std::to_string(*range.last) : "");
}

bool isNeverSatisfiable(const ByteRange& range) {
  return range.first ? range.last && *range.last < *range.first : range.last.value_or(0) == 0;
}

ByteSlice sliceOfUnknown(const ByteRange& range, const ByteSlice& sent) {
  const auto first = range.first.value_or(sent.offset);
  const auto end = sent.offset + sent.length;
  if (first < sent.offset || first >= end) {
    throw StorageError(StorageErrc::Protocol,
                       "the storage answers another range than was asked for");
  }
  if (!range.first) {
    const auto length = std::min(*range.last, sent.length);
    return {end - length, length};
  }
  const auto last = std::min(range.last.value_or(end - 1), end - 1);
  return {first, last - first + 1};
}

bool contains(const ByteSlice& outer, const ByteSlice& inner) {
  return inner.offset >= outer.offset && inner.length <= outer.length &&
         inner.offset - outer.offset <= outer.length - inner.length;
}

std::optional<ContentRange> parseContentRange(const std::string& text) {
  const auto dash = text.find('-');
  const auto slash = text.find('/');
  if (!text.starts_with("bytes ") || dash == std::string::npos || slash == std::string::npos ||
      dash > slash) {
    return std::nullopt;
  }
  const std::string_view view(text);
  const auto first = http_client::parseDecimal(view.substr(6, dash - 6));
  const auto last = http_client::parseDecimal(view.substr(dash + 1, slash - dash - 1));
  const auto size = http_client::parseDecimal(view.substr(slash + 1));
  const bool isSizeTold = view.substr(slash + 1) != "*";
  if (!first || !last || *last < *first || *last == UINT64_MAX ||
      (isSizeTold && (!size || *last >= *size))) {
    return std::nullopt;
  }
  return ContentRange{{*first, *last - *first + 1}, size};
}

}  // namespace mediadock::nextcloud
