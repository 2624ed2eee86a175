#pragma once

/// \file
/// Listing a folder, its records joined to its entries.

#include "media/media_service.h"
#include "records/record_store.h"

namespace mediadock {

/// What `MediaService::browse` does.
BrowseResult browseStorage(IStorageProvider& provider, IRecordStore& records,
                           const BrowseRequest& request, const CallContext& context);

/// Puts items in the request's order and leaves its page of them.
BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request);

}  // namespace mediadock
