#pragma once

/// \file
/// Listing a folder in an order, its records joined to its entries.

#include "media/browsing/browse_request.h"
#include "media/browsing/kept_listings.h"
#include "media/browsing/listing_room.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <cstddef>
#include <vector>

namespace mediadock {

/// Lists pages in an order. All calls may run concurrently.
///
/// A storage gives a folder as a whole. So each reading gathers some pages more than the one that
/// is asked for, and the pages that follow are cut from these, as long as they are good for it.
class OrderedListings {
 public:
  /// Without a limit no more items are put in order.
  static constexpr std::size_t kMostOrdered = 50000;
  /// One reading gathers so many pages, but not more than `kMostAhead` items...
  static constexpr std::size_t kPagesAhead = 25;
  static constexpr std::size_t kMostAhead = 25000;
  /// ...unless it is the first page and so short that few clients will ask for another.
  static constexpr std::size_t kShortPage = 100;

  /// Borrows both for its lifetime.
  OrderedListings(IStorageProvider& provider, IRecordStore& records)
      : provider_(provider),
        records_(records) {}

  /// Memory is that of the page, and some pages ahead while there is room for them.
  /// \throws StorageError `InvalidArgument` where no limit is given and the folder holds more than
  ///   `kMostOrdered` entries, `Unavailable` where too many listings are in memory; those of the
  ///   provider and the record store.
  BrowseResult browse(const BrowseRequest& request, const CallContext& context);

 private:
  BrowseResult wholeOf(const BrowseRequest& request, const CallContext& context);
  ListingRest read(const BrowseRequest& request, const CallContext& context);
  BrowseResult cut(const BrowseRequest& request, ListingRest rest);

  IStorageProvider& provider_;
  IRecordStore& records_;
  ListingRoom room_;
  KeptListings kept_;
};

/// Puts items in the request's order and leaves its page of them.
BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request);

}  // namespace mediadock
