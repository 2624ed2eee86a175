#include "http/framing/chunked_body.h"

#include "http/framing/characters.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace mediadock::http::guard {
namespace {

/// 60 bits: the sum of two cannot overflow.
constexpr std::size_t kMostSizeDigits = 15;
constexpr std::size_t kMostLineBytes = 1024;
constexpr std::uint64_t kMostTrailerBytes = 8192;
/// Limits framing in excess of a small multiple of the data: one-byte chunks with long extensions
/// are costly to process.
constexpr std::uint64_t kMostOverhead = 16384;
constexpr std::uint64_t kFreePerChunk = 16;

constexpr bool isHexDigit(char c) noexcept {
  return base::hexValue(c) >= 0;
}

}  // namespace

ChunkedBody::Status ChunkedBody::next(std::string_view input, std::size_t& consumed) {
  const std::size_t size = input.size();
  while (expected_ == Expected::Size || expected_ == Expected::DataEnd ||
         expected_ == Expected::Trailer) {
    if (!collectLine(input)) {
      break;
    }
    expected_ = afterLine();
    line_.clear();
  }
  consumed = size - input.size();
  switch (expected_) {
    case Expected::Data:
      return Status::Data;
    case Expected::Nothing:
      return Status::End;
    case Expected::Malformed:
      return Status::Malformed;
    default:
      return Status::NeedMore;
  }
}

void ChunkedBody::take(std::uint64_t bytes) noexcept {
  assert(expected_ == Expected::Data && bytes <= remaining_);
  remaining_ -= bytes;
  if (remaining_ == 0) {
    expected_ = Expected::DataEnd;
  }
}

bool ChunkedBody::collectLine(std::string_view& input) {
  const auto lineFeed = input.find('\n');
  const auto length = lineFeed == std::string_view::npos ? input.size() : lineFeed + 1;
  const auto most = expected_ == Expected::DataEnd ? std::size_t{2} : kMostLineBytes;
  if (line_.size() + length > most) {
    expected_ = Expected::Malformed;
    return false;
  }
  line_.append(input.substr(0, length));
  input.remove_prefix(length);
  return lineFeed != std::string_view::npos;
}

ChunkedBody::Expected ChunkedBody::afterLine() {
  const std::string_view whole = line_;
  if (!whole.ends_with("\r\n")) {
    return Expected::Malformed;
  }
  const auto line = whole.substr(0, whole.size() - 2);
  switch (expected_) {
    case Expected::Size:
      return afterSize(line);
    case Expected::DataEnd:
      return line.empty() ? Expected::Size : Expected::Malformed;
    default:
      return afterTrailer(line);
  }
}

ChunkedBody::Expected ChunkedBody::afterSize(std::string_view line) {
  const auto digits = static_cast<std::size_t>(
      std::find_if_not(line.begin(), line.end(), isHexDigit) - line.begin());
  const auto extension = line.substr(digits);
  if (digits == 0 || digits > kMostSizeDigits || !isValue(extension) ||
      !(extension.empty() || extension.front() == ';')) {
    return Expected::Malformed;
  }
  constexpr int kHexadecimal = 16;
  std::from_chars(line.data(), line.data() + digits, remaining_, kHexadecimal);
  const std::uint64_t excused = kFreePerChunk + 2 * remaining_;
  overhead_ += line.size();
  overhead_ -= std::min(overhead_, excused);
  if (overhead_ > kMostOverhead) {
    return Expected::Malformed;
  }
  return remaining_ == 0 ? Expected::Trailer : Expected::Data;
}

ChunkedBody::Expected ChunkedBody::afterTrailer(std::string_view line) {
  if (line.empty()) {
    return Expected::Nothing;
  }
  const auto colon = std::min(line.find(':'), line.size());
  trailerBytes_ += line.size();
  if (trailerBytes_ > kMostTrailerBytes || colon == line.size() ||
      !base::isToken(line.substr(0, colon)) || !isValue(line.substr(colon + 1))) {
    return Expected::Malformed;
  }
  return Expected::Trailer;
}

}  // namespace mediadock::http::guard
