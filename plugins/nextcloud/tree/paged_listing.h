#pragma once

/// \file
/// Lists folders in sorted pages, whatever order the server uses.

#include "tree/dav_tree.h"
#include "tree/listing_stock.h"
#include "tree/paged_propfind.h"

#include <cstddef>

namespace mediadock::nextcloud {

/// Number of entries to request per server page; 0 if the server has no pages or they are
/// unreliable.
std::size_t pageEntries(const ServerFacts& facts);

/// Sends `propfind`. Returns false if there is no folder, in any form in which servers say so.
bool openChildren(const DavTree& tree, FolderPropfind& propfind,
                  const http_client::CallLimits& limits);

/// Returns up to `pageSize` children whose names follow the token's, from `stock` if it has them.
/// Otherwise reads the whole folder, and stores what follows the page in `stock`.
ListPage listFolder(DavTree& tree, const StoragePath& path, const ListOptions& options,
                    ListingStock& stock, const http_client::CallLimits& limits);

/// Whether the folder at `path` has no children, including those that cannot be listed.
/// \throws StorageError as `listFolder`.
bool isEmptyFolder(DavTree& tree, const StoragePath& path, const http_client::CallLimits& limits);

}  // namespace mediadock::nextcloud
