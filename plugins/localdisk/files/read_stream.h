#pragma once

/// \file
/// Reads a file of the store.

#include "calls/call.h"
#include "disk/root_directory.h"
#include "mediadock/streams.h"

#include <memory>

namespace mediadock::localdisk {

/// Opens the regular file at `path`; links, pipes, sockets and devices count as missing.
/// \throws StorageError `NotFound`, `IsADirectory`.
UniqueDescriptor openFile(const RootDirectory& root, const StoragePath& path, const Call& call);

/// As `IStorageProvider::openRead`.
std::unique_ptr<IReadStream> openReadStream(const RootDirectory& root, const StoragePath& path,
                                            const ReadOptions& options, const Call& call);

}  // namespace mediadock::localdisk
