#include "storage/caching/version_index.h"

#include <algorithm>
#include <utility>

namespace mediadock::storage {
namespace {

/// A query that started more than this many changes ago is dropped, whatever was changed.
constexpr std::size_t kRememberedChanges = 256;

}  // namespace

VersionIndex::QueryStamp VersionIndex::beginQuery() const {
  const std::lock_guard lock(mutex_);
  return {.at = Clock::now(), .changes = changes_};
}

void VersionIndex::record(const Entry& entry, const QueryStamp& stamp) {
  if (entry.isDirectory() || !entry.etag || entry.etag->isWeak || !entry.size) {
    return;
  }
  const std::lock_guard lock(mutex_);
  if (wasChangedSince(entry.path, stamp)) {
    return;
  }
  if (const auto found = items_.find(entry.path.str()); found != items_.end()) {
    if (found->second.known.askedAt > stamp.at) {
      return;
    }
    erase(found);
  }
  order_.push_back(entry.path.str());
  items_.emplace(entry.path.str(), Item{.known = {.entry = entry, .askedAt = stamp.at},
                                        .place = std::prev(order_.end())});
  if (items_.size() > maxFiles_) {
    erase(items_.find(order_.front()));
  }
}

std::optional<VersionIndex::Known> VersionIndex::find(const StoragePath& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(path.str());
  return found == items_.end() ? std::nullopt : std::optional(found->second.known);
}

void VersionIndex::forget(const StoragePath& path) {
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

bool VersionIndex::wasChangedSince(const StoragePath& path, const QueryStamp& stamp) const {
  const std::uint64_t since = changes_ - stamp.changes;
  return since > changed_.size() ||
         std::any_of(changed_.end() - static_cast<std::ptrdiff_t>(since), changed_.end(),
                     [&](const StoragePath& changed) { return path.isWithin(changed); });
}

VersionIndex::Items::iterator VersionIndex::erase(Items::iterator item) {
  order_.erase(item->second.place);
  return items_.erase(item);
}

}  // namespace mediadock::storage
