#pragma once

/// \file
/// Reading a file with GET.

#include "http/call_limits.h"
#include "mediadock/streams.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock {

/// Opens the file at `path`. `tree` must outlive the stream, but not `options`. Conditions are
/// judged by the etag of the very answer that is read.
/// \throws StorageError as `IStorageProvider::openRead`.
std::unique_ptr<IReadStream> openFile(DavTree tree, const StoragePath& path,
                                      const ReadOptions& options,
                                      std::unique_ptr<CallLimits> limits);

}  // namespace mediadock
