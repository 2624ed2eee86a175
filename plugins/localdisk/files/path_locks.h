#pragma once

/// \file
/// Locks by path, for what must not happen between a look and a change.

#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>

namespace mediadock {

/// A fixed number of mutexes that paths share by their hash. Guards the names in the store against
/// other calls of this provider, not against other processes.
class PathLocks {
 public:
  using Lock = std::unique_lock<std::mutex>;

  Lock lock(const StoragePath& path) { return Lock(mutexes_[indexOf(path)]); }

  /// Locks both, in the one order that all callers keep.
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

}  // namespace mediadock
