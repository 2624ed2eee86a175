#pragma once

/// \file
/// Getting to know the storage before something is decided by its abilities.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace mediadock {

/// A provider that asks its server what it can do knows little before `check`, and a host that was
/// just started would decide by that. All calls may run concurrently.
class FirstCheck {
 public:
  /// How long it may keep a call waiting, and how soon one that failed is made again.
  static constexpr std::chrono::seconds kLongestWait{5};
  static constexpr std::chrono::seconds kPause{5};

  /// `provider` must outlive this.
  explicit FirstCheck(IStorageProvider& provider) : provider_(provider) {}

  /// Checks the storage, unless that was done; others that come meanwhile wait for it. Where it
  /// fails, calls go on with what is known, and one after a pause checks again: what is wrong with
  /// the storage is for the call itself to tell.
  void ensure() noexcept;

  /// Another call has checked the storage.
  void skip() noexcept { isDone_ = true; }

 private:
  using Clock = CallContext::Clock;

  bool begin();
  void check() noexcept;

  IStorageProvider& provider_;
  std::atomic<bool> isDone_ = false;
  std::mutex mutex_;
  std::condition_variable ended_;
  // Guarded by mutex_.
  bool isChecking_ = false;
  bool hasFailed_ = false;
  Clock::time_point next_{};
};

}  // namespace mediadock
