#include "reading/absent_previews.h"

#include <algorithm>

namespace mediadock {

void AbsentPreviews::remember(const std::string& version, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (until_.size() >= kMost) {
    std::erase_if(until_, [now](const auto& item) { return item.second <= now; });
  }
  if (until_.size() >= kMost) {
    until_.erase(std::min_element(
        until_.begin(), until_.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; }));
  }
  until_[version] = now + kLifetime;
}

bool AbsentPreviews::contains(const std::string& version, Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const auto item = until_.find(version);
  return item != until_.end() && now < item->second;
}

}  // namespace mediadock
