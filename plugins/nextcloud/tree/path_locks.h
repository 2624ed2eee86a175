#pragma once

/// \file
/// One writer for each path, within this process.

#include "http/call_limits.h"
#include "mediadock/storage_path.h"

#include <condition_variable>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace mediadock {

/// Servers check and then change in two steps (mod_dav's `Overwrite: F`, its DELETE), or answer 423
/// to whoever comes second. So the last step of a write, a removal and a move hold their paths.
/// Does not protect against other processes; there the server's own checks must suffice. Safe for
/// concurrent use.
class PathLocks {
 public:
  class Guard {
   public:
    Guard(PathLocks& locks, std::vector<StoragePath> paths)
        : locks_(locks),
          paths_(std::move(paths)) {}

    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    PathLocks& locks_;
    std::vector<StoragePath> paths_;
  };

  /// Waits until all of `paths` are free, and takes them at once.
  /// \throws StorageError `Locked` where that takes too long, `Cancelled`.
  Guard lock(std::vector<StoragePath> paths, const CallLimits& limits);

 private:
  bool areFree(const std::vector<StoragePath>& paths) const;

  /// Guards `held_`.
  std::mutex mutex_;
  std::condition_variable_any released_;
  std::unordered_set<StoragePath> held_;
};

}  // namespace mediadock
