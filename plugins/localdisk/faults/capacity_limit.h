#pragma once

/// \file
/// Makes a store behave as if it were small.

#include "calls/call.h"
#include "mediadock/storage_provider.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace mediadock {

/// Counts the bytes of a provider's files, anew for each question, and of those being written. Safe
/// to share between threads.
class CapacityLimit {
 public:
  /// `inner` must outlive this.
  CapacityLimit(IStorageProvider& inner, std::uint64_t bytes) : inner_(inner), capacity_(bytes) {}

  /// Takes room for bytes of an unfinished file.
  /// \throws StorageError `InsufficientStorage`.
  void take(std::uint64_t bytes, const Call& call);

  /// Gives back what an unfinished file took: it is finished, or gone.
  void giveBack(std::uint64_t bytes) noexcept;

  /// Throws `InsufficientStorage` where there is no room for `bytes`.
  void requireRoom(std::uint64_t bytes, const Call& call);

  Quota quota(const Call& call);

 private:
  std::uint64_t usedBytes(const Call& call);

  IStorageProvider& inner_;
  const std::uint64_t capacity_;
  std::mutex mutex_;
  /// Guarded by mutex_: bytes of unfinished files.
  std::uint64_t pending_ = 0;
};

}  // namespace mediadock
