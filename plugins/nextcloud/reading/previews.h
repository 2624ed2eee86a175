#pragma once

/// \file
/// Pictures of files that Nextcloud makes: `/index.php/core/preview`, by file id.

#include "http/call_limits.h"
#include "mediadock/storage_provider.h"
#include "reading/absent_previews.h"
#include "tree/dav_tree.h"

#include <memory>

namespace mediadock {

/// As `IStorageProvider::openPreview`. A file whose picture the server cannot make, whatever it
/// announced in `nc:has-preview`, is `NotFound` and remembered in `absent`.
std::unique_ptr<IReadStream> openPreviewOf(DavTree tree, const StoragePath& path,
                                           const PreviewOptions& options, AbsentPreviews& absent,
                                           const CallLimits& limits);

}  // namespace mediadock
