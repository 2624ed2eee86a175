#pragma once

/// \file
/// Opens a file for reading, with GET.

#include "http/call_limits.h"
#include "mediadock/streams.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock::nextcloud {

/// Opens the file at `path`. `tree` must outlive the stream, `options` need not. Conditions are
/// checked against the etag of the response that is read.
/// \throws StorageError as `IStorageProvider::openRead`.
std::unique_ptr<IReadStream> openFile(DavTree tree, const StoragePath& path,
                                      const ReadOptions& options,
                                      std::unique_ptr<http_client::CallLimits> limits);

}  // namespace mediadock::nextcloud
