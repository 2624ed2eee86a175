#pragma once

/// \file
/// Builds sorted pages of a listing from entries in any order.

#include "mediadock/storage_provider.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

/// Keeps the smallest names after the token's, up to a limit that bounds the memory, however large
/// the folder.
class ListingPage {
 public:
  /// Keeps at most `limit` entries, but no fewer than fit on a page.
  /// \throws StorageError `InvalidArgument` for a token of another directory's listing.
  ListingPage(const StoragePath& directory, const ListOptions& options, std::size_t limit);

  /// Duplicate entries count once.
  void add(Entry entry);

  /// \param note one sentence about a child that cannot be an entry.
  void omit(std::string note);

  /// Discards the omissions, as the whole folder is about to be read again.
  void startOver() noexcept;

  /// Removes and returns the first `pageSize` entries; the rest is for the following pages.
  ListPage take(std::size_t pageSize);

  std::size_t size() const noexcept { return entries_.size(); }

  /// Whether nothing was added and nothing omitted.
  bool isEmpty() const noexcept { return entries_.empty() && omitted_ == 0; }

 private:
  /// All entries are in one directory, so path order is name order.
  struct ByPath {
    bool operator()(const Entry& left, const Entry& right) const { return left.path < right.path; }
  };

  StoragePath directory_;
  std::size_t limit_;
  std::string after_;
  std::set<Entry, ByPath> entries_;
  std::vector<std::string> notes_;
  std::size_t omitted_ = 0;
  /// There are more entries after the last of `entries_`.
  bool hasMore_ = false;
};

}  // namespace mediadock::nextcloud
