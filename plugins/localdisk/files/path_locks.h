#pragma once

/// \file
/// Locks by path, for check-then-change sequences.

#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>

namespace mediadock::localdisk {

/// A fixed number of mutexes, shared by paths with the same hash. Protects against other calls of
/// this provider, not against other processes.
class PathLocks {
 public:
  using Lock = std::unique_lock<std::mutex>;

  Lock lock(const StoragePath& path) { return Lock(mutexes_[indexOf(path)]); }

  /// Locks both, always in the same order to avoid deadlocks.
  std::pair<Lock, Lock> lockBoth(const StoragePath& one, const StoragePath& other) {
    const auto [low, high] = std::minmax({indexOf(one), indexOf(other)});
    return {Lock(mutexes_[low]), low == high ? Lock() : Lock(mutexes_[high])};
  }

 private:
  static constexpr std::size_t kCount = 64;

  static std::size_t indexOf(const StoragePath& path) noexcept {
    return std::hash<StoragePath>{}(path) % kCount;
  }

  std::array<std::mutex, kCount> mutexes_;
};

}  // namespace mediadock::localdisk
