#pragma once

/// \file
/// The version of each file that the storage was last seen to have.

#include "mediadock/entry.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace mediadock::storage {

/// Remembers entries of files with a strong etag, evicting the least recently seen. An entry that
/// was requested before a change of its path and learned after it is dropped: it may describe the
/// state before the change. All calls may run concurrently.
class VersionIndex {
 public:
  using Clock = std::chrono::steady_clock;

  struct Known {
    Entry entry;
    /// When the storage was asked for it.
    Clock::time_point askedAt;
  };

  /// When a query started: its time, and its position among the changes.
  struct QueryStamp {
    Clock::time_point at;
    std::uint64_t changes = 0;
  };

  /// \param maxFiles how many entries are remembered.
  explicit VersionIndex(std::size_t maxFiles) : maxFiles_(maxFiles) {}

  /// Call before the storage is asked.
  QueryStamp beginQuery() const;

  /// Records the storage's response.
  void record(const Entry& entry, const QueryStamp& stamp);

  std::optional<Known> find(const StoragePath& path) const;

  /// Forgets the file at `path`, or everything below it. Call before and after a change.
  void forget(const StoragePath& path);

 private:
  struct Item {
    Known known;
    std::list<std::string>::iterator place;
  };

  using Items = std::map<std::string, Item>;

  bool wasChangedSince(const StoragePath& path, const QueryStamp& stamp) const;
  Items::iterator erase(Items::iterator item);

  const std::size_t maxFiles_;
  mutable std::mutex mutex_;
  /// The rest is guarded by `mutex_`.
  Items items_;
  /// Least recently seen first.
  std::list<std::string> order_;
  /// The latest changes, of `changes_` in all.
  std::deque<StoragePath> changed_;
  std::uint64_t changes_ = 0;
};

}  // namespace mediadock::storage
