#pragma once

/// \file
/// Holds a plugin's listing against what a listing can be.

#include "mediadock/entry.h"
#include "storage/boundary/guarded_plugin.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

/// Remembers names in bounded memory: all of the first `kMost`, and of more an even sample, which
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

  /// Open addressing, 0 being free.
  std::vector<std::uint64_t> slots_;
  std::size_t used_ = 0;
  /// Only hashes that end in so many zero bits are watched.
  unsigned sampleBits_ = 0;
};

/// The most children that a listing may tell of.
inline constexpr std::size_t kMostChildren = 10'000'000;
/// So many children that were told before are left out in a row, for some servers repeat one; more
/// is a listing that goes round.
inline constexpr std::size_t kMostRepeats = 1000;

/// Of one listing, whole or in pages. Belongs to one thread.
class ChildCheck {
 public:
  /// \param plugin must outlive this.
  ChildCheck(StoragePath folder, const GuardedPlugin& plugin)
      : folder_(std::move(folder)),
        plugin_(plugin) {}

  /// Checks `entries` as `checkEntry` does, and leaves out those that were there before.
  /// \throws StorageError `Internal` for an entry that is no child of the folder, for more than
  ///   `kMostChildren`, or more than `kMostRepeats`.
  void check(const PluginCall& call, std::vector<Entry>& entries);

 private:
  void requireChild(const PluginCall& call, const StoragePath& path) const;
  bool isKept(const PluginCall& call, Entry& entry);

  const StoragePath folder_;
  const GuardedPlugin& plugin_;
  SeenNames names_;
  std::size_t count_ = 0;
  std::size_t repeats_ = 0;
};

}  // namespace mediadock
