#pragma once

/// \file
/// One writer per path, within this process.

#include "http/call_limits.h"
#include "mediadock/storage_path.h"

#include <condition_variable>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace mediadock::nextcloud {

/// Servers check and change in two separate steps (mod_dav's `Overwrite: F` and DELETE), or respond
/// with 423 to the second client. Therefore the last step of a write, a removal or a move locks its
/// paths. Does not protect against other processes; there the server's own checks must suffice.
/// Thread-safe.
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

  /// Waits until all of `paths` are free, and locks them together.
  /// \throws StorageError `Locked` if that takes too long, `Cancelled`.
  Guard lock(std::vector<StoragePath> paths, const http_client::CallLimits& limits);

 private:
  bool areFree(const std::vector<StoragePath>& paths) const;

  /// Guards `held_`.
  std::mutex mutex_;
  std::condition_variable_any released_;
  std::unordered_set<StoragePath> held_;
};

}  // namespace mediadock::nextcloud
