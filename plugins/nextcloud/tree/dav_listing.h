#pragma once

/// \file
/// A folder as the server tells of it.

#include "mediadock/entry_stream.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock {

/// As `IStorageProvider::openList`. The stream holds a connection and a place among the requests
/// that run at one time until its end.
std::unique_ptr<IEntryStream> openFolder(DavTree tree, const StoragePath& path,
                                         std::unique_ptr<CallLimits> limits);

}  // namespace mediadock
