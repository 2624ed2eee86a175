#pragma once

/// \file
/// Listings of folders in the pages that a caller asks for, whatever order the server gives.

#include "tree/dav_tree.h"
#include "tree/listing_stock.h"
#include "tree/paged_propfind.h"

#include <cstddef>

namespace mediadock {

/// For how many entries a page of the server is to be asked; 0 where it has no pages, or false
/// ones.
std::size_t pageEntries(const ServerFacts& facts);

/// Sends `propfind`. Returns false where no folder stands there, as some servers say it.
bool openChildren(const DavTree& tree, FolderPropfind& propfind, const CallLimits& limits);

/// The page of at most `pageSize` children whose names follow the token's, out of `stock` where
/// that has it. Else the folder is read as a whole, and what follows the page goes into `stock`.
/// \throws StorageError `NotFound`, `NotADirectory`.
ListPage listFolder(DavTree& tree, const StoragePath& path, const ListOptions& options,
                    ListingStock& stock, const CallLimits& limits);

/// Whether the folder at `path` has no children, not even such as cannot be named here.
/// \throws StorageError as `listFolder`.
bool isEmptyFolder(DavTree& tree, const StoragePath& path, const CallLimits& limits);

}  // namespace mediadock
