#pragma once

/// \file
/// Allows one writer at a time for each upload of this process.

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace mediadock::media {

/// A client whose connection broke may return before the server has noticed: the new request asks
/// the lock's holder to release it. All calls may run concurrently.
class UploadLocks {
 public:
  /// Held from construction to destruction; must not outlive the locks.
  class Lock {
   public:
    Lock(UploadLocks& locks, std::string id) : locks_(&locks), id_(std::move(id)) {}

    Lock(Lock&& other) noexcept
        : locks_(std::exchange(other.locks_, nullptr)),
          id_(std::move(other.id_)) {}

    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    Lock& operator=(Lock&&) = delete;

    ~Lock() {
      if (locks_ != nullptr) {
        locks_->release(id_);
      }
    }

    /// Another request waits for it.
    bool isWanted() const { return locks_->isWanted(id_); }

   private:
    UploadLocks* locks_;
    std::string id_;
  };

  /// Waits at most `timeout` for the holder to release it.
  /// \throws StorageError `Locked`.
  Lock acquire(const std::string& id, std::chrono::milliseconds timeout);

  /// Returns nullopt if it is held.
  std::optional<Lock> tryAcquire(const std::string& id);

 private:
  struct State {
    bool isHeld = false;
    int waiting = 0;
  };

  bool isWanted(const std::string& id) const;
  void release(const std::string& id) noexcept;

  mutable std::mutex mutex_;
  std::condition_variable released_;
  /// Guarded by mutex_: the uploads that are held or waited for.
  std::map<std::string, State> states_;
};

}  // namespace mediadock::media
