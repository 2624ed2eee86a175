#pragma once

/// \file
/// What stood at a path a moment ago, for a write that begins.

#include "mediadock/entry.h"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace mediadock {

/// The host looks before it takes an upload, and the write that follows needs to know the same.
/// Nothing is decided by this alone: each change is sent under a condition, or looked at again
/// where it comes later. Safe for concurrent use.
class RecentLooks {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds kAge{2};
  static constexpr std::size_t kMost = 1000;

  struct Look {
    /// Nothing where nothing stood there.
    std::optional<Entry> entry;
    Clock::time_point at;
  };

  /// Where there are too many, the old ones are forgotten, and if need be all.
  void remember(const StoragePath& path, const std::optional<Entry>& entry, Clock::time_point now);

  /// Nothing where it is too long ago.
  std::optional<Look> recall(const StoragePath& path, Clock::time_point now) const;

  /// After any change of ours.
  void forgetAll();

 private:
  mutable std::mutex mutex_;
  /// Guarded by `mutex_`.
  std::unordered_map<StoragePath, Look> looks_;
};

}  // namespace mediadock
