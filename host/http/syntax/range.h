#pragma once

/// \file
/// Parts of a file: the headers `Range` and `Content-Range`, and `multipart/byteranges` (RFC 9110
/// §14).

#include "mediadock/streams.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// More ranges than this in one header, and it is ignored: nobody needs them, and they cost.
inline constexpr std::size_t kMaxRanges = 8;

/// A range that lies within a file of known size. Never empty.
struct ResolvedRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;

  std::uint64_t last() const noexcept { return first + length - 1; }

  friend bool operator==(const ResolvedRange&, const ResolvedRange&) = default;
};

/// The ranges that the header asks for, at least one. Nothing where it is not well-formed, names
/// another unit than bytes or asks for more than `kMaxRanges`: such a header is ignored. Numbers
/// too large for 64 bits stand for the largest.
std::optional<std::vector<ByteRange>> parseRange(std::string_view value);

/// The ranges that hit a file of `size` bytes, none where none does. Ranges that overlap or touch
/// are joined, so that no byte is sent twice.
std::vector<ResolvedRange> resolveRanges(const std::vector<ByteRange>& ranges, std::uint64_t size);

/// Whether a stream of a file whose size is not known gives what `range` asks for, as far as the
/// file goes.
bool isPieceOf(const ByteRange& range, const ReadInfo& info);

/// `bytes 0-99/1000`.
std::string contentRange(const ResolvedRange& range, std::optional<std::uint64_t> size);

/// `bytes */1000`, for an answer that says there is no such range.
std::string unsatisfiedRange(std::uint64_t size);

/// `multipart/byteranges`, several pieces of one file in one answer: the text around them, and so
/// the exact length of the whole before anything is sent.
class Byteranges {
 public:
  Byteranges(std::vector<ResolvedRange> ranges, std::string contentType, std::uint64_t fileSize);

  /// The answer's own `Content-Type`.
  std::string contentType() const;

  std::uint64_t length() const;

  const std::vector<ResolvedRange>& ranges() const noexcept { return ranges_; }

  /// What stands before the bytes of `range`.
  std::string before(const ResolvedRange& range) const;

  /// What stands behind the last bytes.
  std::string end() const;

 private:
  std::vector<ResolvedRange> ranges_;
  std::string contentType_;
  std::uint64_t fileSize_;
  std::string boundary_;
};

}  // namespace mediadock
