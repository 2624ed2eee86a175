#pragma once

/// \file
/// Previews made by Nextcloud: `/index.php/core/preview`, by file ID.

#include "http/call_limits.h"
#include "mediadock/storage_provider.h"
#include "reading/absent_previews.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock::nextcloud {

/// As `IStorageProvider::openPreview`. If the server cannot make a preview, whatever
/// `nc:has-preview` says, throws `NotFound` and remembers the file in `absent`.
std::unique_ptr<IReadStream> openPreviewOf(DavTree tree, const StoragePath& path,
                                           const PreviewOptions& options, AbsentPreviews& absent,
                                           const http_client::CallLimits& limits);

}  // namespace mediadock::nextcloud
