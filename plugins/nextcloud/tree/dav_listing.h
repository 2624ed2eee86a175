#pragma once

/// \file
/// Lists a folder as a stream, in the server's order.

#include "mediadock/entry_stream.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock::nextcloud {

/// As `IStorageProvider::openList`. The stream holds a connection and a concurrency permit until it
/// ends.
std::unique_ptr<IEntryStream> openFolder(DavTree tree, const StoragePath& path,
                                         std::unique_ptr<http_client::CallLimits> limits);

}  // namespace mediadock::nextcloud
