#include "media/browsing/listing_remainders.h"

#include "media/browsing/ordered_items.h"

#include <algorithm>
#include <utility>

namespace mediadock::media {
namespace {

/// Compares everything except the limit: pages of one listing may differ in size.
bool isSamePage(const BrowseRequest& left, const BrowseRequest& right) {
  return left.folder == right.folder && left.depth == right.depth &&
         left.includeMedia == right.includeMedia && left.isAbsentEmpty == right.isAbsentEmpty &&
         left.sort == right.sort && left.descending == right.descending &&
         left.after == right.after;
}

bool isGood(const ListingRest& rest, const std::optional<ETag>& etag,
            ListingRemainders::Clock::time_point now) {
  const auto age = now - rest.readAt;
  return rest.etag ? rest.etag == etag && age < ListingRemainders::kVouchedFor
                   : age < ListingRemainders::kUnvouchedFor;
}

}  // namespace

void ListingRemainders::keep(const BrowseRequest& request, const Entry& last, ListingRest rest) {
  const auto now = Clock::now();
  Item item{.request = request, .rest = std::move(rest)};
  item.request.after = positionOf(last, request.sort);
  const std::lock_guard lock(mutex_);
  std::erase_if(items_, [&](const Item& old) { return now - old.rest.readAt >= kVouchedFor; });
  if (items_.size() >= kListings) {
    items_.pop_front();
  }
  items_.push_back(std::move(item));
}

std::optional<ListingRest> ListingRemainders::take(const BrowseRequest& request,
                                                   const std::optional<ETag>& etag,
                                                   Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) {
    return isSamePage(item.request, request);
  });
  if (found == items_.end()) {
    return std::nullopt;
  }
  auto rest = std::move(found->rest);
  items_.erase(found);
  return isGood(rest, etag, now) ? std::optional(std::move(rest)) : std::nullopt;
}

void ListingRemainders::clear() {
  const std::lock_guard lock(mutex_);
  items_.clear();
}

}  // namespace mediadock::media
