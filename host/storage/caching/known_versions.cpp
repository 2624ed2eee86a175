#include "storage/caching/known_versions.h"

#include <algorithm>
#include <utility>

namespace mediadock {
namespace {

/// A query that started more than this many changes ago is dropped, whatever was changed.
constexpr std::size_t kRememberedChanges = 256;

}  // namespace

KnownVersions::Asking KnownVersions::ask() const {
  const std::lock_guard lock(mutex_);
  return {.at = Clock::now(), .changes = changes_};
}

void KnownVersions::learn(const Entry& entry, const Asking& asking) {
  if (entry.isDirectory() || !entry.etag || entry.etag->isWeak || !entry.size) {
    return;
  }
  const std::lock_guard lock(mutex_);
  if (wasChangedSince(entry.path, asking)) {
    return;
  }
  if (const auto found = items_.find(entry.path.str()); found != items_.end()) {
    if (found->second.known.askedAt > asking.at) {
      return;
    }
    erase(found);
  }
  order_.push_back(entry.path.str());
  items_.emplace(entry.path.str(), Item{.known = {.entry = entry, .askedAt = asking.at},
                                        .place = std::prev(order_.end())});
  if (items_.size() > maxFiles_) {
    erase(items_.find(order_.front()));
  }
}

std::optional<KnownVersions::Known> KnownVersions::find(const StoragePath& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(path.str());
  return found == items_.end() ? std::nullopt : std::optional(found->second.known);
}

void KnownVersions::forget(const StoragePath& path) {
  const std::lock_guard lock(mutex_);
  ++changes_;
  changed_.push_back(path);
  if (changed_.size() > kRememberedChanges) {
    changed_.pop_front();
  }
  if (const auto found = items_.find(path.str()); found != items_.end()) {
    erase(found);
  }
  const std::string below = path.isRoot() ? "" : path.str() + "/";
  auto item = items_.lower_bound(below);
  while (item != items_.end() && item->first.starts_with(below)) {
    item = erase(item);
  }
}

bool KnownVersions::wasChangedSince(const StoragePath& path, const Asking& asking) const {
  const std::uint64_t since = changes_ - asking.changes;
  return since > changed_.size() ||
         std::any_of(changed_.end() - static_cast<std::ptrdiff_t>(since), changed_.end(),
                     [&](const StoragePath& changed) { return path.isWithin(changed); });
}

KnownVersions::Items::iterator KnownVersions::erase(Items::iterator item) {
  order_.erase(item->second.place);
  return items_.erase(item);
}

}  // namespace mediadock
