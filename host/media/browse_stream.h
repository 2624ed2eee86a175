#pragma once

/// \file
/// Walking a folder, its records joined to its entries as they come.

#include "media/media_service.h"
#include "records/record_store.h"

#include <memory>

namespace mediadock {

/// What `MediaService::openBrowse` does.
std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider, IRecordStore& records,
                                                const BrowseRequest& request,
                                                const CallContext& context);

}  // namespace mediadock
