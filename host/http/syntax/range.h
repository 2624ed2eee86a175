#pragma once

/// \file
/// Range requests: the headers `Range` and `Content-Range`, and `multipart/byteranges` (RFC 9110
/// §14).

#include "mediadock/byte_range.h"
#include "mediadock/streams.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// A header with more ranges than this is ignored: no client needs them, and they are expensive.
inline constexpr std::size_t kMaxRanges = 8;

/// The ranges requested by the header, at least one. Returns nullopt if it is malformed, has a unit
/// other than bytes or more than `kMaxRanges` ranges: such a header is ignored. Numbers too large
/// for 64 bits are clamped.
std::optional<std::vector<ByteRange>> parseRange(std::string_view value);

/// The ranges that overlap a file of `size` bytes; empty if none does. Overlapping and adjacent
/// ranges are merged, so that no byte is sent twice; none is empty.
std::vector<ByteSlice> resolveRanges(const std::vector<ByteRange>& ranges, std::uint64_t size);

/// Whether a stream of a file of unknown size delivers what `range` asks for, up to the end of the
/// file.
bool isPieceOf(const ByteRange& range, const ReadInfo& info);

/// `bytes 0-99/1000`.
std::string contentRange(const ByteSlice& range, std::optional<std::uint64_t> size);

/// `bytes */1000`, for a 416 response.
std::string unsatisfiedRange(std::uint64_t size);

/// `multipart/byteranges`: several ranges of a file in one response. Creates the text around them,
/// so that the exact length is known before anything is sent.
class Byteranges {
 public:
  Byteranges(std::vector<ByteSlice> ranges, std::string contentType, std::uint64_t fileSize);

  /// The `Content-Type` of the response.
  std::string contentType() const;

  std::uint64_t length() const;

  const std::vector<ByteSlice>& ranges() const noexcept { return ranges_; }

  /// The text before the bytes of `range`.
  std::string before(const ByteSlice& range) const;

  /// The text after the last bytes.
  std::string end() const;

 private:
  std::vector<ByteSlice> ranges_;
  std::string contentType_;
  std::uint64_t fileSize_;
  std::string boundary_;
};

}  // namespace mediadock::http
