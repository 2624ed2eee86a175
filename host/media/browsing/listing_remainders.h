#pragma once

/// \file
/// Items read beyond the requested page, kept for the pages that follow.

#include "media/browsing/browse_request.h"
#include "media/browsing/listing_room.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

namespace mediadock::media {

/// The items after a page.
struct ListingRest {
  ListingRoom::Lease lease;
  /// Those before `next` have been handed out.
  std::vector<BrowseItem> items;
  std::size_t next = 0;
  /// Whether the listing has more after the last item.
  bool hasMore = false;
  /// For the whole listing.
  std::size_t omitted = 0;
  /// The folder's etag from before it was read; the items are valid while it is unchanged.
  std::optional<ETag> etag;
  std::chrono::steady_clock::time_point readAt;
};

/// Keeps at most `kListings` listings, evicting the oldest; each is handed out once. The items are
/// at most `kVouchedFor` old, or `kUnvouchedFor` without an etag of the folder to validate them.
/// Thread-safe.
class ListingRemainders {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kListings = 8;
  static constexpr std::chrono::seconds kVouchedFor{60};
  static constexpr std::chrono::seconds kUnvouchedFor{5};

  /// Keeps `rest` for the page of `request` that begins after `last`.
  void keep(const BrowseRequest& request, const Entry& last, ListingRest rest);

  /// Removes and returns what was kept for this page, if it is still valid for `etag` and `now`.
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
  /// Guarded by mutex_; oldest first.
  std::list<Item> items_;
};

}  // namespace mediadock::media
