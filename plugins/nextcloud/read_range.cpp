#include "read_range.h"

#include "http_head.h"
#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock {
namespace {

[[noreturn]] void notSatisfiable() {
  throw StorageError(StorageErrc::RangeNotSatisfiable, "the range is not within the file");
}

}  // namespace

std::string rangeField(const ByteRange& range) {
  return "bytes=" + (range.first ? std::to_string(*range.first) : "") + "-" +
         (range.last ? std::to_string(*range.last) : "");
}

Slice slice(const std::optional<ByteRange>& range, std::uint64_t size) {
  if (!range) {
    return {0, size};
  }
  if (!range->first) {
    const auto suffix = range->last.value_or(0);
    if (suffix == 0) {
      notSatisfiable();
    }
    const auto length = std::min(suffix, size);
    return {size - length, length};
  }
  const auto first = *range->first;
  if (first >= size || (range->last && *range->last < first)) {
    notSatisfiable();
  }
  const auto last = std::min(range->last.value_or(size - 1), size - 1);
  return {first, last - first + 1};
}

std::optional<ContentRange> parseContentRange(const std::string& text) {
  const auto dash = text.find('-');
  const auto slash = text.find('/');
  if (!text.starts_with("bytes ") || dash == std::string::npos || slash == std::string::npos ||
      dash > slash) {
    return std::nullopt;
  }
  const std::string_view view(text);
  const auto first = parseDecimal(view.substr(6, dash - 6));
  const auto last = parseDecimal(view.substr(dash + 1, slash - dash - 1));
  const auto size = parseDecimal(view.substr(slash + 1));
  if (!first || !last || !size || *last < *first || *last >= *size) {
    return std::nullopt;
  }
  return ContentRange{{*first, *last - *first + 1}, *size};
}

}  // namespace mediadock
