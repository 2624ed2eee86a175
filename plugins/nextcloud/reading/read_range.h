#pragma once

/// \file
/// Byte ranges in requests and responses (RFC 9110 §14).

#include "mediadock/byte_range.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// `bytes=5-9`, `bytes=5-`, `bytes=-5`. `0-0` is requested as `0-1`.
std::string rangeField(const ByteRange& range);

/// Whether the range is none or fits no object, however large: the last 0 bytes, or an end before
/// the start.
bool isNeverSatisfiable(const ByteRange& range);

/// The part that `range` denotes in an object of unknown size, given that the server responded with
/// `sent`.
/// \throws StorageError `Protocol` if `sent` cannot be a response to `range`.
ByteSlice sliceOfUnknown(const ByteRange& range, const ByteSlice& sent);

/// Whether `inner` is entirely within `outer`.
bool contains(const ByteSlice& outer, const ByteSlice& inner);

/// A parsed `Content-Range: bytes 5-9/100`.
struct ContentRange {
  ByteSlice slice;
  /// Absent for `bytes 5-9/*`: the server does not know the size.
  std::optional<std::uint64_t> size;
};

/// Returns nullopt for another unit, or for impossible numbers.
std::optional<ContentRange> parseContentRange(const std::string& text);

}  // namespace mediadock::nextcloud
