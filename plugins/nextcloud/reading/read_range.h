#pragma once

/// \file
/// Byte ranges in requests and responses (RFC 9110 §14).

#include "mediadock/streams.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mediadock {

/// A part of an object: `length` bytes from `offset`.
struct Slice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const Slice&, const Slice&) = default;
};

/// `bytes=5-9`, `bytes=5-`, `bytes=-5`. `0-0` is requested as `0-1`.
std::string rangeField(const ByteRange& range);

/// Whether the range fits no object, however large: the last 0 bytes, or an end before the start.
bool isNeverSatisfiable(const ByteRange& range);

/// The part of an object of `size` bytes that `range` denotes; all of it without a range.
/// \throws StorageError `RangeNotSatisfiable`.
Slice slice(const std::optional<ByteRange>& range, std::uint64_t size);

/// The part that `range` denotes in an object of unknown size, given that the server responded with
/// `sent`.
/// \throws StorageError `Protocol` if `sent` cannot be a response to `range`.
Slice sliceOfUnknown(const ByteRange& range, const Slice& sent);

/// Whether `inner` is entirely within `outer`.
bool contains(const Slice& outer, const Slice& inner);

/// A parsed `Content-Range: bytes 5-9/100`.
struct ContentRange {
  Slice slice;
  /// Absent for `bytes 5-9/*`: the server does not know the size.
  std::optional<std::uint64_t> size;
};

/// Returns nullopt for another unit, or for impossible numbers.
std::optional<ContentRange> parseContentRange(const std::string& text);

}  // namespace mediadock
