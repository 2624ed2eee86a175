#pragma once

/// \file
/// Walking a folder, its records joined to its entries as they come.

#include "media/browsing/browse_request.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>

namespace mediadock {

/// When records are given to the items that have one. Items of missing files have theirs at once.
enum class Join {
  Now,
  Later,  ///< By the caller, for the items that it keeps: `attachRecords`.
};

/// Items unsorted, as the storage lists them. Borrows provider and records for the stream's life.
/// \throws StorageError where the folder is not there or is none, where its name is reserved
///   (`NotFound`), and where the records cannot be had.
std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider, IRecordStore& records,
                                                const BrowseRequest& request, Join join,
                                                const CallContext& context);

}  // namespace mediadock
