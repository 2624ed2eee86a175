#pragma once

/// \file
/// Which version of a file the storage was last seen to have.

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

namespace mediadock {

/// Remembers entries of files with a strong etag, the least recently seen going first. An entry
/// that was asked for before a change of its path, and is learned after it, does not count: it may
/// tell of what was there before. All calls may run concurrently.
class KnownVersions {
 public:
  using Clock = std::chrono::steady_clock;

  struct Known {
    Entry entry;
    /// When the storage was asked for it.
    Clock::time_point askedAt;
  };

  /// When the storage was asked, in time and among the changes.
  struct Asking {
    Clock::time_point at;
    std::uint64_t changes = 0;
  };

  /// \param maxFiles how many are remembered.
  explicit KnownVersions(std::size_t maxFiles) : maxFiles_(maxFiles) {}

  /// To be called before the storage is asked.
  Asking ask() const;

  /// Takes down what the storage answered.
  void learn(const Entry& entry, const Asking& asking);

  std::optional<Known> find(const StoragePath& path) const;

  /// Forgets the file at `path`, or all below it. To be called before a change and after it.
  void forget(const StoragePath& path);

 private:
  struct Item {
    Known known;
    std::list<std::string>::iterator place;
  };

  using Items = std::map<std::string, Item>;

  bool wasChangedSince(const StoragePath& path, const Asking& asking) const;
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

}  // namespace mediadock
