#include "tree/path_locks.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {

PathLocks::Guard::~Guard() {
  {
    const std::lock_guard lock(locks_.mutex_);
    for (const auto& path : paths_) {
      locks_.held_.erase(path);
    }
  }
  locks_.released_.notify_all();
}

bool PathLocks::areFree(const std::vector<StoragePath>& paths) const {
  return std::none_of(paths.begin(), paths.end(),
                      [this](const StoragePath& path) { return held_.contains(path); });
}

PathLocks::Guard PathLocks::lock(std::vector<StoragePath> paths,
                                 const http_client::CallLimits& limits) {
  std::unique_lock lock(mutex_);
  if (!released_.wait_until(lock, limits.stopToken(), limits.waitEnd(),
                            [&] { return areFree(paths); })) {
    lock.unlock();
    limits.check();
    throw StorageError({.code = StorageErrc::Locked,
                        .message = "another call of ours is busy with this path",
                        .retry = Retry::AfterDelay});
  }
  held_.insert(paths.begin(), paths.end());
  return {*this, std::move(paths)};
}

}  // namespace mediadock::nextcloud
