#pragma once

/// \file
/// Sorted, paged listings of a folder, with the records joined to its entries.

#include "media/browsing/browse_request.h"
#include "media/browsing/listing_remainders.h"
#include "media/browsing/listing_room.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <cstddef>
#include <vector>

namespace mediadock::media {

/// Lists pages in a sort order. All calls may run concurrently.
///
/// A storage can only list a folder as a whole. So each read collects several pages beyond the
/// requested one, and the following pages are served from these while they are still valid.
class OrderedListings {
 public:
  /// Maximum number of items sorted for a request without a limit.
  static constexpr std::size_t kMostOrdered = 50000;
  /// Pages collected by one read, up to `kMostAhead` items...
  static constexpr std::size_t kPagesAhead = 25;
  static constexpr std::size_t kMostAhead = 25000;
  /// ...unless it is the first page and so short that few clients will ask for another.
  static constexpr std::size_t kShortPage = 100;

  /// Borrows both for its lifetime.
  OrderedListings(IStorageProvider& provider, records::IRecordStore& records)
      : provider_(provider),
        records_(records) {}

  /// Memory use is that of the page, plus some pages ahead while `ListingRoom` has space for them.
  /// \throws StorageError `InvalidArgument` if there is no limit and the folder holds more than
  ///   `kMostOrdered` entries, `Unavailable` if too many listings are in memory; those of the
  ///   provider and the record store.
  BrowseResult browse(const BrowseRequest& request, const CallContext& context);

 private:
  BrowseResult wholeOf(const BrowseRequest& request, const CallContext& context);
  ListingRest read(const BrowseRequest& request, const CallContext& context);
  BrowseResult cut(const BrowseRequest& request, ListingRest rest);

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  ListingRoom room_;
  ListingRemainders remainders_;
};

/// Sorts items as the request says and reduces them to its page.
BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request);

}  // namespace mediadock::media
