#include "http/syntax/range.h"

#include "http/syntax/headers.h"

#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace mediadock::http {
namespace {

bool isDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t saturated(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? value : std::numeric_limits<std::uint64_t>::max();
}

std::optional<ByteRange> parseOne(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view first = text.substr(0, dash);
  const std::string_view last = text.substr(dash + 1);
  if ((!first.empty() && !isDigits(first)) || (!last.empty() && !isDigits(last)) ||
      (first.empty() && last.empty())) {
    return std::nullopt;
  }
  ByteRange range;
  if (!first.empty()) {
    range.first = saturated(first);
  }
  if (!last.empty()) {
    range.last = saturated(last);
  }
  if (range.first && range.last && *range.last < *range.first) {
    return std::nullopt;
  }
  return range;
}

/// Whether at least one byte of a file of `size` bytes is in the range.
bool overlaps(const ByteRange& range, std::uint64_t size) {
  return range.first ? *range.first < size : std::min(range.last.value_or(0), size) > 0;
}

std::uint64_t endOf(const ByteSlice& slice) {
  return slice.offset + slice.length;
}

std::vector<ByteSlice> joined(std::vector<ByteSlice> ranges) {
  auto sorted = ranges;
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  std::vector<ByteSlice> result;
  for (const ByteSlice& range : sorted) {
    if (result.empty() || range.offset > endOf(result.back())) {
      result.push_back(range);
    } else {
      const std::uint64_t end = std::max(endOf(result.back()), endOf(range));
      result.back().length = end - result.back().offset;
    }
  }
  // If nothing was merged, the client's order is kept: it may want the end first.
  return result.size() == ranges.size() ? ranges : result;
}

}  // namespace

std::optional<std::vector<ByteRange>> parseRange(std::string_view value) {
  constexpr std::string_view kUnit = "bytes=";
  value = base::trimmed(value);
  if (value.size() < kUnit.size() ||
      !base::equalsIgnoringCase(value.substr(0, kUnit.size()), kUnit)) {
    return std::nullopt;
  }
  const auto members = listMembers(value.substr(kUnit.size()));
  if (members.empty() || members.size() > kMaxRanges) {
    return std::nullopt;
  }
  std::vector<ByteRange> ranges;
  for (const std::string_view member : members) {
    const auto range = parseOne(member);
    if (!range) {
      return std::nullopt;
    }
    ranges.push_back(*range);
  }
  return ranges;
}

std::vector<ByteSlice> resolveRanges(const std::vector<ByteRange>& ranges, std::uint64_t size) {
  std::vector<ByteSlice> resolved;
  for (const ByteRange& range : ranges) {
    if (overlaps(range, size)) {
      resolved.push_back(resolve(range, size));
    }
  }
  return joined(std::move(resolved));
}

bool isPieceOf(const ByteRange& range, const ReadInfo& info) {
  const auto length = info.length.value_or(0);
  if (length == 0) {
    return false;
  }
  if (!range.first) {
    return length <= range.last.value_or(0);
  }
  return info.offset == *range.first && (!range.last || length - 1 <= *range.last - *range.first);
}

std::string contentRange(const ByteSlice& range, std::optional<std::uint64_t> size) {
  return "bytes " + std::to_string(range.offset) + "-" + std::to_string(endOf(range) - 1) + "/" +
         (size ? std::to_string(*size) : "*");
}

std::string unsatisfiedRange(std::uint64_t size) {
  return "bytes */" + std::to_string(size);
}

Byteranges::Byteranges(std::vector<ByteSlice> ranges, std::string contentType,
                       std::uint64_t fileSize)
    : ranges_(std::move(ranges)),
      contentType_(std::move(contentType)),
      fileSize_(fileSize),
      boundary_(Poco::UUIDGenerator::defaultGenerator().createRandom().toString()) {}

std::string Byteranges::contentType() const {
  return "multipart/byteranges; boundary=" + boundary_;
}

std::uint64_t Byteranges::length() const {
  std::uint64_t length = end().size();
  for (const ByteSlice& range : ranges_) {
    length += before(range).size() + range.length;
  }
  return length;
}

std::string Byteranges::before(const ByteSlice& range) const {
  return "\r\n--" + boundary_ + "\r\nContent-Type: " + contentType_ +
         "\r\nContent-Range: " + contentRange(range, fileSize_) + "\r\n\r\n";
}

std::string Byteranges::end() const {
  return "\r\n--" + boundary_ + "--\r\n";
}

}  // namespace mediadock::http
