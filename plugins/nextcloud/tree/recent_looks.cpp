#include "tree/recent_looks.h"

namespace mediadock::nextcloud {

void RecentLooks::remember(const StoragePath& path, const std::optional<Entry>& entry,
                           Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (looks_.size() >= kMost) {
    std::erase_if(looks_, [now](const auto& look) { return look.second.at + kAge <= now; });
  }
  if (looks_.size() >= kMost) {
    looks_.clear();
  }
  looks_.insert_or_assign(path, Look{entry, now});
}

std::optional<RecentLooks::Look> RecentLooks::recall(const StoragePath& path,
                                                     Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const auto found = looks_.find(path);
  return found != looks_.end() && now < found->second.at + kAge ? std::optional(found->second)
                                                                : std::nullopt;
}

void RecentLooks::forgetAll() {
  const std::lock_guard lock(mutex_);
  looks_.clear();
}

}  // namespace mediadock::nextcloud
