#pragma once

/// \file
/// Byte ranges, asked for and answered (RFC 9110 §14).

#include "mediadock/streams.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mediadock {

/// A piece of an object: `length` bytes from `offset`.
struct Slice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const Slice&, const Slice&) = default;
};

/// `bytes=5-9`, `bytes=5-`, `bytes=-5`. `0-0` is asked for as `0-1`.
std::string rangeField(const ByteRange& range);

/// Whether no object, however large, has such a range: the last 0 bytes, or an end before the
/// start.
bool isNeverSatisfiable(const ByteRange& range);

/// The piece that `range` means in an object of `size` bytes; all of it without a range.
/// \throws StorageError `RangeNotSatisfiable`.
Slice slice(const std::optional<ByteRange>& range, std::uint64_t size);

/// The piece that `range` means in an object of which nothing is known but that `sent` was answered
/// to it.
/// \throws StorageError `Protocol` where it can be no answer to that.
Slice sliceOfUnknown(const ByteRange& range, const Slice& sent);

/// Whether all bytes of `inner` are among those of `outer`.
bool contains(const Slice& outer, const Slice& inner);

/// A parsed `Content-Range: bytes 5-9/100`.
struct ContentRange {
  Slice slice;
  /// Absent for `bytes 5-9/*`: the size is unknown to the server.
  std::optional<std::uint64_t> size;
};

/// Returns nullopt for another unit and for numbers that cannot be.
std::optional<ContentRange> parseContentRange(const std::string& text);

}  // namespace mediadock
