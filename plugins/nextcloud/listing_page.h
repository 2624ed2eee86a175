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
  void note(std::string sentence);

  /// Cuts off the first `pageSize` entries; the rest are for the pages that follow.
  ListPage take(std::size_t pageSize);

  std::size_t size() const noexcept { return entries_.size(); }

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
  /// More follow behind the last of `entries_`.
  bool hasMore_ = false;
};

}  // namespace mediadock
