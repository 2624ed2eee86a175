#include "media/browse.h"

#include "media/browse_stream.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mediadock {
namespace {

/// -1, 0 or 1 by the request's key alone.
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

/// A total order, since paths are unique.
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

std::vector<BrowseItem>::iterator behind(const StoragePath& last, std::vector<BrowseItem>& items,
                                         const BrowseRequest& request) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const BrowseItem& item) { return item.entry.path == last; });
  if (found != items.end()) {
    return std::next(found);
  }
  if (request.sort != SortKey::Name) {
    return items.begin();
  }
  // Whether a file or a folder was last is not known any more; a folder comes earlier.
  const Entry place{.path = last, .kind = EntryKind::Directory};
  return std::find_if(items.begin(), items.end(), [&](const BrowseItem& item) {
    return comesBefore(place, item.entry, request);
  });
}

}  // namespace

BrowseResult browseStorage(IStorageProvider& provider, IRecordStore& records,
                           const BrowseRequest& request, const CallContext& context) {
  const auto stream = openBrowseStream(provider, records, request, context);
  std::vector<BrowseItem> all;
  std::vector<BrowseItem> some;
  bool hasMore = true;
  while (hasMore) {
    hasMore = stream->next(some, CallContext::Clock::time_point::max());
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return sortedPage(std::move(all), request);
}

BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request) {
  std::sort(items.begin(), items.end(), [&](const BrowseItem& left, const BrowseItem& right) {
    return comesBefore(left.entry, right.entry, request);
  });
  // A server may tell of a file twice.
  items.erase(std::unique(items.begin(), items.end(),
                          [](const BrowseItem& left, const BrowseItem& right) {
                            return left.entry.path == right.entry.path &&
                                   left.entry.kind == right.entry.kind &&
                                   left.isMissing == right.isMissing;
                          }),
              items.end());
  if (request.after) {
    items.erase(items.begin(), behind(*request.after, items, request));
  }
  BrowseResult result{.items = std::move(items)};
  if (request.limit > 0 && result.items.size() > request.limit) {
    result.items.erase(result.items.begin() + static_cast<std::ptrdiff_t>(request.limit),
                       result.items.end());
    result.hasMore = true;
  }
  return result;
}

}  // namespace mediadock
