#pragma once

/// \file
/// Removing, copying and moving by many small calls, for storages that cannot do it by one.

#include "mediadock/storage_provider.h"

#include <cstddef>

namespace mediadock {

/// The most files and directories that one move by copies may have: they are remembered, so that
/// a move that fails can be taken back.
inline constexpr std::size_t kMaxMovedEntries = 100000;

/// Removes the directory at `path` with all below it, from the leaves; a file or an empty directory
/// by one call. A failure leaves what was not removed yet, and is `Retry::OutcomeUnknown` once
/// something was.
/// \throws StorageError as `IStorageProvider::remove`; `DirectoryNotEmpty` where a directory has
///   children that a listing cannot name.
void removeStepwise(IStorageProvider& provider, const StoragePath& path,
                    const CallContext& context);

/// Copies the file at `from` by reading and writing it.
/// \param provider judges conditions of a write, as `completeProvider` gives it.
/// \throws StorageError as `IStorageProvider::copy`; `Conflict` where the file changed meanwhile.
Entry copyByBytes(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                  Overwrite overwrite, const CallContext& context);

/// Moves a file or directory: copies all, and removes the sources only then. Where the copying or
/// the first removal fails, the copies are removed again and nothing has changed; a later failure
/// is `Retry::OutcomeUnknown`: each file is at its target, and some at their sources, too. Only the
/// versions that were copied are removed.
/// \param provider copies, and judges conditions, as `completeProvider` gives it.
/// \throws StorageError as `IStorageProvider::move`; `Unsupported` for more than
///   `kMaxMovedEntries`.
Entry moveByCopies(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                   Overwrite overwrite, const CallContext& context);

}  // namespace mediadock
