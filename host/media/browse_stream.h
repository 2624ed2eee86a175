#pragma once

/// \file
/// Walking a folder, its records joined to its entries as they come.

#include "media/media_service.h"
#include "records/record_store.h"

#include <memory>

namespace mediadock {

/// When records are given to the items that have one. Items of missing files have theirs at once.
enum class Join {
  Now,
  Later,  ///< By the caller, for the items that it keeps: `attachRecords`.
};

/// What `MediaService::openBrowse` does.
std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider, IRecordStore& records,
                                                const BrowseRequest& request, Join join,
                                                const CallContext& context);

}  // namespace mediadock
