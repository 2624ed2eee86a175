#pragma once

/// \file
/// What is asked of a listing, and what it gives.

#include "media/browsing/listing_room.h"
#include "mediadock/entry.h"
#include "records/media_record.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace mediadock {

/// By name is byte by byte, the same in every locale. Directories come first, what is not known
/// counts as least, and equals are in the order of their paths.
enum class SortKey { Name, LastModified, Size };

struct BrowseRequest {
  StoragePath folder;
  /// 1: direct children; 2 and 3 take in the entries of subfolders, walked level by level.
  std::size_t depth = 1;
  /// Join records to entries, and add records under the folder whose file is gone.
  bool includeMedia = false;
  /// A folder that is not there counts as one without entries.
  bool isAbsentEmpty = false;
  SortKey sort = SortKey::Name;
  bool descending = false;
  /// 0: all.
  std::size_t limit = 0;
  /// Skip everything up to this place, where the page before ended; see `positionOf`. Its entry
  /// need not be there any more.
  std::optional<Entry> after;
};

struct BrowseItem {
  Entry entry;
  /// Null where none is known, or none was asked for.
  std::shared_ptr<const MediaRecord> record;
  /// The record's file is gone from the storage; `entry` is made from the record.
  bool isMissing = false;
};

struct BrowseResult {
  std::vector<BrowseItem> items;
  /// Whether more follow behind the last item.
  bool hasMore = false;
  /// As `IBrowseStream::omitted`, of the whole listing.
  std::size_t omitted = 0;
  /// The items' places in memory.
  std::optional<ListingRoom::Lease> lease;
};

/// The items of a `BrowseRequest` as the storage tells of its entries, whatever order, limit and
/// place to begin behind it has. Level by level: all of a folder before its subfolders' entries.
/// Memory is that of a few entries and of the folders still to be read, besides the records where
/// they are asked for. Belongs to one thread at a time; what it asked of the storage ends with it.
class IBrowseStream {
 public:
  virtual ~IBrowseStream() = default;

  /// Puts the items that come next in place of what `items` holds. Returns with none where none
  /// comes until `until`, and whether more may come.
  /// \throws StorageError of the provider or the record store.
  virtual bool next(std::vector<BrowseItem>& items,
                    std::chrono::steady_clock::time_point until) = 0;

  /// How many entries so far exist and cannot be shown, as `IEntryStream::omitted`; and each
  /// subfolder that cannot be asked, since only it is down (`Unavailable`, never to be repeated).
  virtual std::size_t omitted() const = 0;
};

}  // namespace mediadock
