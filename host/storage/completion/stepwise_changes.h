#pragma once

/// \file
/// Removes, copies and moves in many small calls, for storages that cannot do it in one.

#include "mediadock/storage_provider.h"

#include <cstddef>

namespace mediadock::storage {

/// Upper bound on the files and directories of one move by copying: they are remembered so that a
/// failed move can be rolled back.
inline constexpr std::size_t kMaxMovedEntries = 100000;

/// Removes the directory at `path` with everything below it, leaves first; a file or an empty
/// directory takes one call. A failure keeps what was not removed yet, and is
/// `Retry::OutcomeUnknown` once something was removed.
/// \throws StorageError as `IStorageProvider::remove`; `DirectoryNotEmpty` if a directory has
///   children that a listing cannot name.
void removeStepwise(IStorageProvider& provider, const StoragePath& path,
                    const CallContext& context);

/// Copies the file at `from` by reading and writing it.
/// \param provider checks the conditions of writes, as one from `completeProvider` does.
/// \throws StorageError as `IStorageProvider::copy`; `Conflict` if the file changed meanwhile.
Entry copyByBytes(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                  Overwrite overwrite, const CallContext& context);

/// Moves a file or directory: copies everything, then removes the sources. If copying or the first
/// removal fails, the copies are removed again and nothing has changed; a later failure is
/// `Retry::OutcomeUnknown`: each file is at its target, and some are also at their sources. Only
/// the versions that were copied are removed.
/// \param provider copies, and checks conditions, as one from `completeProvider` does.
/// \throws StorageError as `IStorageProvider::move`; `Unsupported` for more than
///   `kMaxMovedEntries`.
Entry moveByCopies(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                   Overwrite overwrite, const CallContext& context);

}  // namespace mediadock::storage
