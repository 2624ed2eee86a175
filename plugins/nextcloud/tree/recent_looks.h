#pragma once

/// \file
/// Short-lived cache of stat results, for a write that begins.

#include "mediadock/entry.h"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace mediadock::nextcloud {

/// The host checks a path before it accepts an upload, and the write that follows needs the same
/// information. Never decisive on its own: every change is sent with a condition, or the path is
/// checked again if the change comes later. Thread-safe.
class RecentLooks {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds kAge{2};
  static constexpr std::size_t kMost = 1000;

  struct Look {
    /// Absent if nothing existed there.
    std::optional<Entry> entry;
    Clock::time_point at;
  };

  /// When full, drops the expired entries, or all if none is expired.
  void remember(const StoragePath& path, const std::optional<Entry>& entry, Clock::time_point now);

  /// Returns nullopt if there is no recent result.
  std::optional<Look> recall(const StoragePath& path, Clock::time_point now) const;

  /// Call after each of our own changes.
  void forgetAll();

 private:
  mutable std::mutex mutex_;
  /// Guarded by `mutex_`.
  std::unordered_map<StoragePath, Look> looks_;
};

}  // namespace mediadock::nextcloud
