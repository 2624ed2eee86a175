#pragma once

/// \file
/// Simulates a small storage.

#include "calls/call.h"
#include "mediadock/storage_provider.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace mediadock::localdisk {

/// Counts the bytes of a provider's files, again on each call, and of those being written.
/// Thread-safe.
class CapacityLimit {
 public:
  /// `inner` must outlive this.
  CapacityLimit(IStorageProvider& inner, std::uint64_t bytes) : inner_(inner), capacity_(bytes) {}

  /// Reserves space for bytes of an unfinished file.
  /// \throws StorageError `InsufficientStorage`.
  void take(std::uint64_t bytes, const Call& call);

  /// Releases the space of an unfinished file, when it is finished or discarded.
  void giveBack(std::uint64_t bytes) noexcept;

  /// Throws `InsufficientStorage` if there is no space for `bytes`.
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

}  // namespace mediadock::localdisk
