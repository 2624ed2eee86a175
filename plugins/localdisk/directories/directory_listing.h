#pragma once

/// \file
/// Lists directories, in sorted pages or in the disk's order.

#include "calls/call.h"
#include "disk/root_directory.h"
#include "mediadock/storage_provider.h"

#include <memory>

namespace mediadock::localdisk {

/// As `IStorageProvider::list`. Each page reads all names again and keeps only those that it needs,
/// so that memory is bounded by the page size and nothing is kept between pages. Entries that are
/// not shown (links, pipes, names that are no valid path) are mentioned in the notes of the first
/// page.
ListPage listDirectory(const RootDirectory& root, const StoragePath& path,
                       const ListOptions& options, const Call& call);

/// As `IStorageProvider::openList`.
std::unique_ptr<IEntryStream> openDirectory(const RootDirectory& root, const StoragePath& path,
                                            const Call& call);

}  // namespace mediadock::localdisk
