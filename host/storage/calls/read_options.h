#pragma once

/// \file
/// Evaluates the options of a read against a known file, for storages that do not do it themselves.

#include "mediadock/entry.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <optional>

namespace mediadock {

/// A contiguous part of a file.
struct ByteSlice {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The bytes that `range` selects from a file of `size` bytes; all of them without a range.
/// \throws StorageError as `IStorageProvider::openRead`.
ByteSlice sliceOf(std::uint64_t size, const std::optional<ByteRange>& range);

/// Checks the conditions in `options` against the version that `entry` describes. An entry without
/// an etag matches none.
/// \throws StorageError `PreconditionFailed`, `NotModified`.
void requireConditions(const Entry& entry, const ReadOptions& options);

}  // namespace mediadock
