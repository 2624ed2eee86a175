#pragma once

/// \file
/// Caches file contents so that unchanged files are not read from the storage again.

#include "mediadock/storage_provider.h"

#include <chrono>
#include <memory>
#include <string>

namespace mediadock::cache {
class BlobCache;
}  // namespace mediadock::cache

namespace mediadock::storage {

struct CachedProviderSettings {
  /// Distinguishes this storage from others that share the cache.
  std::string identity;
  /// How long a version reported by the storage is trusted without revalidation.
  std::chrono::milliseconds revalidateAfter{5000};
};

/// Serves whole files and ranges of them from `blobs`, if the storage is known to have exactly the
/// cached version:
///
/// - The version was seen within `revalidateAfter` in a listing, a stat or a read, which also
///   satisfies a stat; otherwise the storage is asked, with a conditional read.
/// - Changes through this provider take effect at once; a read or listing in flight during a change
///   proves nothing about the changed files.
/// - A file that was changed right before it was read is not cached: some storages derive etags
///   from time and length, which do not distinguish two changes within one second.
///
/// Whole files are cached as they are read. Concurrent reads of a small file are coalesced into
/// one. Streams of cached files support `sendfile`. Everything else goes to `inner`, and the error
/// codes are those of `inner`.
/// \param blobs must outlive the provider and its streams.
std::shared_ptr<IStorageProvider> makeCached(std::shared_ptr<IStorageProvider> inner,
                                             cache::BlobCache& blobs,
                                             CachedProviderSettings settings);

}  // namespace mediadock::storage
