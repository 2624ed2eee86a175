/// \file
/// Input: the value of a `Range` header.

#include "fuzz/fuzz_target.h"
#include "http/syntax/range.h"

#include <algorithm>
#include <bitset>
#include <limits>
#include <string>
#include <vector>

namespace mediadock::fuzz {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kSmallFile = 1000;
using Bytes = std::bitset<kSmallFile>;

/// The meaning of one range, found the slow way.
Bytes bytesOf(const ByteRange& range) {
  Bytes bytes;
  for (std::uint64_t i = 0; i < kSmallFile; ++i) {
    bytes[i] = range.first ? i >= *range.first && i <= range.last.value_or(kMost)
                           : kSmallFile - i <= range.last.value_or(0);
  }
  return bytes;
}

void requireMeaning(const std::vector<ByteRange>& ranges) {
  Bytes meant;
  for (const auto& range : ranges) {
    meant |= bytesOf(range);
  }
  Bytes resolved;
  std::uint64_t sent = 0;
  for (const auto& range : http::resolveRanges(ranges, kSmallFile)) {
    for (std::uint64_t i = range.offset; i < range.offset + range.length; ++i) {
      resolved[i] = true;
    }
    sent += range.length;
  }
  require(resolved == meant, "the bytes that are meant are sent, and no others");
  require(sent == meant.count(), "no byte is sent twice");
}

void requireWithin(const std::vector<ByteRange>& ranges, std::uint64_t size) {
  auto resolved = http::resolveRanges(ranges, size);
  require(resolved.size() <= ranges.size(), "there are not more ranges than were asked for");
  std::uint64_t headings = 0;
  for (const auto& range : resolved) {
    require(range.length > 0 && range.offset < size && range.length <= size - range.offset,
            "a range lies within the file");
    headings += http::Byteranges(resolved, "text/plain", size).before(range).size();
  }
  require(headings <= http::kMaxRanges * 256, "headings do not outweigh what is asked for");
  std::sort(resolved.begin(), resolved.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  for (std::size_t i = 1; i < resolved.size(); ++i) {
    require(resolved[i].offset >= resolved[i - 1].offset + resolved[i - 1].length,
            "ranges do not overlap");
  }
}

std::string write(const std::vector<ByteRange>& ranges) {
  std::string text = "bytes=";
  for (const auto& range : ranges) {
    text += range.first ? std::to_string(*range.first) : "";
    text += "-" + (range.last ? std::to_string(*range.last) : "") + ",";
  }
  return text;
}

}  // namespace

void tryInput(std::string_view input) {
  const auto ranges = http::parseRange(input);
  if (!ranges) {
    return;
  }
  require(!ranges->empty() && ranges->size() <= http::kMaxRanges, "a header has 1 to 8 ranges");
  require(http::parseRange(write(*ranges)) == ranges, "what was written is what is read");
  requireMeaning(*ranges);
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 40U, kMost / 2 + 1, kMost}) {
    requireWithin(*ranges, size);
  }
}

}  // namespace mediadock::fuzz
