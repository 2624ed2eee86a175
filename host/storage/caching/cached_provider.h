#pragma once

/// \file
/// What spares a storage the reading of files that were read before.

#include "mediadock/storage_provider.h"

#include <chrono>
#include <memory>
#include <string>

namespace mediadock {

class BlobCache;

struct CachedProviderSettings {
  /// Tells this storage from others whose files are in the same cache.
  std::string identity;
  /// How long a version reported by the storage is trusted without revalidation.
  std::chrono::milliseconds revalidateAfter{5000};
};

/// Serves whole files and ranges of them from `blobs`, where it knows that the storage has just the
/// version that is there:
///
/// - The storage has said so within `revalidateAfter`, in a listing, a stat or a read, which serves
///   for a stat, too; otherwise it is asked, by reading under the condition that the version is
///   another one.
/// - Changes that go through this provider count at once; a read or listing that was under way
///   meanwhile says nothing of what was changed.
/// - A file that had been changed right before it was read is not kept: some storages' etags are
///   made of its time and length, and do not tell two changes of one second apart.
///
/// Whole files are kept as they are read. Small ones are read once for all that ask at the same
/// time. Streams of files that are kept offer them for `sendfile`. All else is `inner`'s affair,
/// and the codes are those of `inner`. \param blobs must outlive the provider and its streams.
std::shared_ptr<IStorageProvider> makeCached(std::shared_ptr<IStorageProvider> inner,
                                             BlobCache& blobs, CachedProviderSettings settings);

}  // namespace mediadock
