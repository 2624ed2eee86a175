#pragma once

/// \file
/// Parts of an object: as requested, and as bytes of an object of known size.

#include "mediadock/export.h"

#include <cstdint>
#include <optional>

namespace mediadock {

/// The requested part of an object (RFC 9110 §14.1.2), in bytes.
struct ByteRange {
  /// First byte, from 0. If absent, the range is the last `last` bytes of the object.
  std::optional<std::uint64_t> first;
  /// Last byte, inclusive; the suffix length if `first` is absent. If absent: to the end.
  std::optional<std::uint64_t> last;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// `length` bytes of an object from `offset` on.
struct ByteSlice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteSlice&, const ByteSlice&) = default;
};

/// The bytes that `range` selects of an object of `size` bytes; all of them without a range. A
/// range that ends after the object is cut at its end, and a suffix longer than the object is the
/// whole object. So of an empty object, only a suffix can be selected, and has no bytes. \throws
/// StorageError `InvalidArgument` if the range ends before it starts or has no bound at all,
///   whatever the size; `RangeNotSatisfiable` if it starts at or after the end, or is a suffix of
///   length 0.
MEDIADOCK_CORE_EXPORT ByteSlice resolve(const std::optional<ByteRange>& range, std::uint64_t size);

}  // namespace mediadock
