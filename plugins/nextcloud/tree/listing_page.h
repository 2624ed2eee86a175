#pragma once

/// \file
/// Pages of a listing, cut from entries that come in any order.

#include "mediadock/storage_provider.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace mediadock {

/// Keeps the smallest names behind the token's, up to a limit: memory is that of the limit, however
/// large the folder.
class ListingPage {
 public:
  /// Keeps at most `limit` entries, and never fewer than make a page.
  /// \throws StorageError `InvalidArgument` for a token that is not of this directory's listing.
  ListingPage(const StoragePath& directory, const ListOptions& options, std::size_t limit);

  /// An entry that comes twice counts once.
  void add(Entry entry);

  /// \param note one sentence about a child that cannot be an entry.
  void omit(std::string note);

  /// Forgets what was omitted, since all of the folder comes a second time.
  void startOver() noexcept;

  /// Cuts off the first `pageSize` entries; the rest are for the pages that follow.
  ListPage take(std::size_t pageSize);

  std::size_t size() const noexcept { return entries_.size(); }

  /// Whether nothing was added, and nothing omitted.
  bool isEmpty() const noexcept { return entries_.empty() && omitted_ == 0; }

 private:
  /// All of one directory: their paths are in the order of their names.
  struct ByPath {
    bool operator()(const Entry& left, const Entry& right) const { return left.path < right.path; }
  };

  StoragePath directory_;
  std::size_t limit_;
  std::string after_;
  std::set<Entry, ByPath> entries_;
  std::vector<std::string> notes_;
  std::size_t omitted_ = 0;
  /// More follow behind the last of `entries_`.
  bool hasMore_ = false;
};

}  // namespace mediadock
