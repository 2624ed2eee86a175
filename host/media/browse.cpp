#include "media/browse.h"

#include "media/file_name.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace mediadock {
namespace {

/// Hands each visible entry of `folder` to `take`.
template <typename Take>
void listFolder(IStorageProvider& provider, const StoragePath& folder, const CallContext& context,
                Take take) {
  ListOptions options;
  do {
    auto page = provider.list(folder, options, context);
    for (auto& entry : page.entries) {
      if (!isReservedName(entry.path.name())) {
        take(std::move(entry));
      }
    }
    options.token = std::move(page.nextToken);
  } while (!options.token.empty());
}

/// Level by level, for a listing of endless depth is refused by many servers and ruins others.
std::vector<BrowseItem> walk(IStorageProvider& provider, const BrowseRequest& request,
                             const CallContext& context) {
  std::vector<BrowseItem> items;
  std::vector<StoragePath> level{request.folder};
  for (std::size_t depth = 0; depth < request.depth; ++depth) {
    std::vector<StoragePath> nextLevel;
    for (const auto& folder : level) {
      try {
        listFolder(provider, folder, context, [&](Entry entry) {
          if (entry.isDirectory()) {
            nextLevel.push_back(entry.path);
          }
          items.push_back({.entry = std::move(entry)});
        });
      } catch (const StorageError& error) {
        // A subfolder may vanish while its siblings are listed.
        const bool mayBeAbsent = depth > 0 || request.isAbsentEmpty;
        if (!mayBeAbsent || error.code() != StorageErrc::NotFound) {
          throw;
        }
      }
    }
    level = std::move(nextLevel);
  }
  return items;
}

using RecordsByPath = std::unordered_map<StoragePath, MediaRecord>;

RecordsByPath recordsUnder(IRecordStore& records, const BrowseRequest& request) {
  RecordsByPath found;
  for (auto& record : records.findUnder(request.folder, request.depth)) {
    const auto path = record.path;
    found.emplace(path, std::move(record));
  }
  return found;
}

BrowseItem missingItem(MediaRecord record) {
  return {.entry = {.path = record.path,
                    .size = record.size,
                    .etag = record.etag,
                    .contentType = record.mimeType},
          .record = std::move(record),
          .isMissing = true};
}

/// Takes from `found` what has an entry, and adds what is left as missing.
void join(std::vector<BrowseItem>& items, RecordsByPath found, IRecordStore& records,
          const BrowseRequest& request) {
  for (auto& item : items) {
    const auto match = item.entry.isDirectory() ? found.end() : found.find(item.entry.path);
    if (match != found.end()) {
      item.record = std::move(match->second);
      found.erase(match);
    }
  }
  if (found.empty()) {
    return;
  }
  // The records were read before the listing: those that are still there now lack their file,
  // the others were removed or moved meanwhile.
  const auto stillThere = recordsUnder(records, request);
  for (auto& [path, record] : found) {
    const auto now = stillThere.find(path);
    if (now != stillThere.end() && now->second.id == record.id) {
      items.push_back(missingItem(std::move(record)));
    }
  }
}

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
  if (isReserved(request.folder)) {
    throw StorageError({.code = StorageErrc::NotFound,
                        .message = "no such folder",
                        .operation = "browse",
                        .path = request.folder.str()});
  }
  RecordsByPath found;
  if (request.includeMedia) {
    found = recordsUnder(records, request);
  }
  auto items = walk(provider, request, context);
  if (request.includeMedia) {
    join(items, std::move(found), records, request);
  }
  return sortedPage(std::move(items), request);
}

BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request) {
  std::sort(items.begin(), items.end(), [&](const BrowseItem& left, const BrowseItem& right) {
    return comesBefore(left.entry, right.entry, request);
  });
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
