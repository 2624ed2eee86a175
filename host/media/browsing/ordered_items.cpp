#include "media/browsing/ordered_items.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace mediadock::media {
namespace {

/// Minimum number of items collected beyond the wanted ones before sorting.
constexpr std::size_t kFewestSorted = 64;

/// -1, 0 or 1, comparing only the request's sort key.
int compareKeys(const Entry& left, const Entry& right, SortKey key) {
  const auto compare = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
  switch (key) {
    case SortKey::Name:
      return compare(left.path.name(), right.path.name());
    case SortKey::LastModified:
      return compare(left.modifiedAt, right.modifiedAt);
    case SortKey::Size:
      return compare(left.size, right.size);
  }
  return 0;
}

/// A server may list a file twice.
bool isSame(const BrowseItem& left, const BrowseItem& right) {
  return left.entry.path == right.entry.path && left.entry.kind == right.entry.kind &&
         left.isMissing == right.isMissing;
}

}  // namespace

bool comesBefore(const Entry& left, const Entry& right, const BrowseRequest& request) {
  if (left.isDirectory() != right.isDirectory()) {
    return left.isDirectory();
  }
  const int order = compareKeys(left, right, request.sort);
  if (order != 0) {
    return request.descending ? order > 0 : order < 0;
  }
  return left.path < right.path;
}

Entry positionOf(const Entry& entry, SortKey sort) {
  return {.path = entry.path,
          .kind = entry.kind,
          .size = sort == SortKey::Size ? entry.size : std::nullopt,
          .modifiedAt = sort == SortKey::LastModified ? entry.modifiedAt : std::nullopt};
}

OrderedItems::OrderedItems(const BrowseRequest& request, std::size_t most)
    : request_(request),
      most_(most == 0 ? std::numeric_limits<std::size_t>::max() / 2 : most) {}

void OrderedItems::add(BrowseItem&& item) {
  if (request_.after && !comesBefore(*request_.after, item.entry, request_)) {
    return;
  }
  if (last_ && !comesBefore(item.entry, *last_, request_)) {
    hasMore_ = hasMore_ || item.entry.path != last_->path;
    return;
  }
  items_.push_back(std::move(item));
  if (items_.size() >= most_ + most_ / 4 + kFewestSorted) {
    settle();
  }
}

void OrderedItems::narrow(std::size_t most) {
  most_ = std::min(most_, most);
  settle();
}

std::vector<BrowseItem> OrderedItems::take() {
  settle();
  return std::exchange(items_, {});
}

void OrderedItems::settle() {
  std::sort(items_.begin(), items_.end(), [this](const BrowseItem& left, const BrowseItem& right) {
    return comesBefore(left.entry, right.entry, request_);
  });
  items_.erase(std::unique(items_.begin(), items_.end(), isSame), items_.end());
  if (items_.size() > most_) {
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(most_), items_.end());
    hasMore_ = true;
  }
  if (items_.size() == most_) {
    last_ = items_.back().entry;
  }
}

}  // namespace mediadock::media
