#include "support/scripted_nextcloud/paged_listings.h"

#include "support/random_text.h"

#include <algorithm>

namespace mediadock::scripted {

namespace {

constexpr std::size_t kKept = 64;

}  // namespace

std::string PagedListings::keep(Listing listing) {
  std::string token = randomText(32);
  const std::lock_guard guard(mutex_);
  kept_.emplace_back(token, std::move(listing));
  if (kept_.size() > kKept) {
    kept_.pop_front();
  }
  return token;
}

PagedListings::Listing PagedListings::find(const std::string& token) const {
  const std::lock_guard guard(mutex_);
  const auto found = std::ranges::find(kept_, token, [](const auto& kept) { return kept.first; });
  return found == kept_.end() ? nullptr : found->second;
}

}  // namespace mediadock::scripted
