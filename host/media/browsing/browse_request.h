#pragma once

/// \file
/// The request for a listing, and its result.

#include "media/browsing/listing_room.h"
#include "mediadock/entry.h"
#include "records/media_record.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace mediadock::media {

/// Names are compared byte by byte, the same in every locale. Directories come first, an unknown
/// value sorts as the smallest, and equal items are ordered by path.
enum class SortKey { Name, LastModified, Size };

struct BrowseRequest {
  StoragePath folder;
  /// 1: direct children; 2 and 3 take in the entries of subfolders, walked level by level.
  std::size_t depth = 1;
  /// Join records to entries, and add records below the folder whose file is missing.
  bool includeMedia = false;
  /// Treat a folder that does not exist as an empty one.
  bool isAbsentEmpty = false;
  SortKey sort = SortKey::Name;
  bool descending = false;
  /// 0: all.
  std::size_t limit = 0;
  /// Skip everything up to this position, the end of the previous page; see `positionOf`. The entry
  /// itself need not exist any more.
  std::optional<Entry> after;
};

struct BrowseItem {
  Entry entry;
  /// Null if the file has none, or none was requested.
  std::shared_ptr<const records::MediaRecord> record;
  /// The record's file is missing from the storage; `entry` is built from the record.
  bool isMissing = false;
};

struct BrowseResult {
  std::vector<BrowseItem> items;
  /// Whether more items follow.
  bool hasMore = false;
  /// As `IBrowseStream::omitted`, for the whole listing.
  std::size_t omitted = 0;
  /// Accounts for the items' memory.
  std::optional<ListingRoom::Lease> lease;
};

/// The items of a `BrowseRequest` in the order in which the storage lists them; its sort order,
/// limit and `after` are ignored. Level by level: all of a folder before its subfolders' entries.
/// Memory use is that of a few entries, the folders still to be read, and the records if requested.
/// Not thread-safe; its storage streams are closed with it.
class IBrowseStream {
 public:
  virtual ~IBrowseStream() = default;

  /// Replaces the contents of `items` with the next items; leaves it empty if none arrives before
  /// `until`. Returns whether there may be more.
  /// \throws StorageError of the provider or the record store.
  virtual bool next(std::vector<BrowseItem>& items,
                    std::chrono::steady_clock::time_point until) = 0;

  /// Entries so far that exist but cannot be shown, as `IEntryStream::omitted`, plus one for each
  /// subfolder that alone cannot be listed (`Unavailable` that must not be retried).
  virtual std::size_t omitted() const = 0;
};

}  // namespace mediadock::media
