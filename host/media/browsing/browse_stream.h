#pragma once

/// \file
/// Walks a folder and joins the records to its entries as they arrive.

#include "media/browsing/browse_request.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <memory>

namespace mediadock::media {

/// When items get their records. Items of missing files always have theirs at once.
enum class Join {
  Now,
  Later,  ///< By the caller, for the items that it keeps, with `attachRecords`.
};

/// Items unsorted, as the storage lists them. Borrows provider and records for the stream's
/// lifetime.
/// \throws StorageError if the folder does not exist or is not a folder, if its name is reserved
///   (`NotFound`), or if the records cannot be read.
std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider,
                                                records::IRecordStore& records,
                                                const BrowseRequest& request, Join join,
                                                const CallContext& context);

}  // namespace mediadock::media
