#pragma once

/// \file
/// Streams of files that are cached or being cached; see `cached_provider.h`.

#include "cache/blob_cache.h"
#include "mediadock/streams.h"

#include <functional>
#include <memory>
#include <optional>

namespace mediadock::storage {

/// The part of `entry`'s file that `range` selects, or all of it, from the cached file.
/// \pre `blob` holds the bytes of `entry`.
/// \throws StorageError as `resolve`.
std::unique_ptr<IReadStream> openCached(cache::CachedBlob blob, Entry entry,
                                        const std::optional<ByteRange>& range);

/// Passes `inner` through and caches it on the way.
std::unique_ptr<IReadStream> keepInPassing(std::unique_ptr<IReadStream> inner,
                                           std::unique_ptr<cache::BlobWriter> writer);

/// Reads `inner` to its end at once, and caches it.
/// \throws StorageError as `inner`.
std::unique_ptr<IReadStream> keepAtOnce(std::unique_ptr<IReadStream> inner,
                                        std::unique_ptr<cache::BlobWriter> writer);

/// Calls `onChange` with the path before and after each attempt to make the object visible.
std::unique_ptr<IWriteStream> invalidateOnCommit(std::unique_ptr<IWriteStream> inner,
                                                 StoragePath path,
                                                 std::function<void(const StoragePath&)> onChange);

}  // namespace mediadock::storage
