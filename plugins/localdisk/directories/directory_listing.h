#pragma once

/// \file
/// Directories, in pages in the byte order of their names or as the disk gives them.

#include "calls/call.h"
#include "disk/root_directory.h"
#include "mediadock/storage_provider.h"

#include <memory>

namespace mediadock {

/// As `IStorageProvider::list`. Each page reads the names anew and keeps only those that it needs,
/// so that memory is bounded by the page and nothing is kept between pages. What is not shown
/// (links, pipes, names that are no path) is told in the notes of the first page.
ListPage listDirectory(const RootDirectory& root, const StoragePath& path,
                       const ListOptions& options, const Call& call);

/// As `IStorageProvider::openList`.
std::unique_ptr<IEntryStream> openDirectory(const RootDirectory& root, const StoragePath& path,
                                            const Call& call);

}  // namespace mediadock
