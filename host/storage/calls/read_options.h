#pragma once

/// \file
/// What the options of a read mean for a file that is known, where no storage decides it.

#include "mediadock/entry.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <optional>

namespace mediadock {

/// Bytes of a file, counted from its beginning.
struct ByteSlice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The bytes that `range` selects of a file of `size` bytes; all of them without a range.
/// \throws StorageError as `IStorageProvider::openRead`.
ByteSlice sliceOf(std::uint64_t size, const std::optional<ByteRange>& range);

/// Holds the conditions in `options` against the version that `entry` describes. An entry without
/// an etag matches none.
/// \throws StorageError `PreconditionFailed`, `NotModified`.
void requireConditions(const Entry& entry, const ReadOptions& options);

}  // namespace mediadock
