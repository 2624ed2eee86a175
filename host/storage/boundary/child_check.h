#pragma once

/// \file
/// Validates the entries of a plugin's listing.

#include "mediadock/entry.h"
#include "storage/boundary/plugin_boundary.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::storage {

/// Remembers names in bounded memory: all of the first `kMost`, and an even sample of more, which
/// gets sparser. In a larger folder a single repeated name may be missed, but not a repeated run of
/// names. Names are compared by 64 bits of their hash.
class SeenNames {
 public:
  enum class Answer { New, Seen, NotWatched };

  static constexpr std::size_t kMost = 65536;

  Answer see(std::string_view name);

 private:
  void grow();
  void insert(std::uint64_t hash);
  bool isWatched(std::uint64_t hash) const;

  /// Open addressing; 0 marks a free slot.
  std::vector<std::uint64_t> slots_;
  std::size_t used_ = 0;
  /// Only hashes with this many leading zero bits are watched.
  unsigned sampleBits_ = 0;
};

/// Upper bound on the children of a listing.
inline constexpr std::size_t kMostChildren = 10'000'000;
/// Repeated children are left out, since some servers list one twice; more repeats than this in a
/// row mean that the listing loops.
inline constexpr std::size_t kMostRepeats = 1000;

/// Checks one listing, whole or in pages. Not thread-safe.
class ChildCheck {
 public:
  /// \param plugin must outlive this.
  ChildCheck(StoragePath folder, const PluginBoundary& plugin)
      : folder_(std::move(folder)),
        plugin_(plugin) {}

  /// Checks `entries` as `checkEntry` does, and removes those that were listed before.
  /// \throws StorageError `Internal` for an entry that is not a child of the folder, for more than
  ///   `kMostChildren`, or more than `kMostRepeats`.
  void check(const PluginCall& call, std::vector<Entry>& entries);

 private:
  void requireChild(const PluginCall& call, const StoragePath& path) const;
  bool isKept(const PluginCall& call, Entry& entry);

  const StoragePath folder_;
  const PluginBoundary& plugin_;
  SeenNames names_;
  std::size_t count_ = 0;
  std::size_t repeats_ = 0;
};

}  // namespace mediadock::storage
