#include "tree/listing_stock.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {

void ListingStock::keep(const StoragePath& directory, const std::string& token, ListingPage rest,
                        Clock::time_point readAt) {
  const std::lock_guard lock(mutex_);
  items_.push_back({directory, token, {std::move(rest), readAt}});
  if (items_.size() > kListings) {
    items_.pop_front();
  }
}

std::optional<ListingStock::Stocked> ListingStock::take(const StoragePath& directory,
                                                        const std::string& token,
                                                        Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  dropOld(now);
  const auto item = std::find_if(items_.begin(), items_.end(), [&](const Item& candidate) {
    return candidate.token == token && candidate.directory == directory;
  });
  if (item == items_.end()) {
    return std::nullopt;
  }
  auto stocked = std::move(item->stocked);
  items_.erase(item);
  return stocked;
}

void ListingStock::dropOld(Clock::time_point now) {
  std::erase_if(items_, [&](const Item& item) { return now - item.stocked.readAt > kLifetime; });
}

}  // namespace mediadock::nextcloud
