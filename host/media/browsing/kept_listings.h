#pragma once

/// \file
/// What was read of long listings beyond the page that was asked for.

#include "media/browsing/browse_request.h"
#include "media/browsing/listing_room.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

namespace mediadock {

/// The items behind a page, for the pages that follow.
struct ListingRest {
  ListingRoom::Lease lease;
  /// Those before `next` are given away.
  std::vector<BrowseItem> items;
  std::size_t next = 0;
  /// Whether the listing has more behind the last item.
  bool hasMore = false;
  /// Of the whole listing.
  std::size_t omitted = 0;
  /// The folder's etag from before it was read; it vouches for the items while it holds.
  std::optional<ETag> etag;
  std::chrono::steady_clock::time_point readAt;
};

/// Keeps at most `kListings`, the least recently kept goes first, each for one page to take. What a
/// page tells is at most `kVouchedFor` old, or `kUnvouchedFor` where no etag of the folder vouches
/// for it. Safe for concurrent use.
class KeptListings {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kListings = 8;
  static constexpr std::chrono::seconds kVouchedFor{60};
  static constexpr std::chrono::seconds kUnvouchedFor{5};

  /// Keeps `rest` for the page of `request` that begins behind `last`.
  void keep(const BrowseRequest& request, const Entry& last, ListingRest rest);

  /// Hands out what was kept for this page, if `etag` and `now` allow; it is gone then.
  std::optional<ListingRest> take(const BrowseRequest& request, const std::optional<ETag>& etag,
                                  Clock::time_point now);

  void clear();

 private:
  struct Item {
    /// Its `after` is where the page begins.
    BrowseRequest request;
    ListingRest rest;
  };

  std::mutex mutex_;
  /// Guarded by mutex_: the oldest first.
  std::list<Item> items_;
};

}  // namespace mediadock
