#pragma once

/// \file
/// Checks the storage once before its abilities are relied on.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace mediadock::media {

/// A provider that queries its server's abilities knows little of them before `check`; a host that
/// has just started must not decide by that. All calls may run concurrently.
class FirstCheck {
 public:
  /// How long it may delay a call, and how soon a failed check is repeated.
  static constexpr std::chrono::seconds kLongestWait{5};
  static constexpr std::chrono::seconds kPause{5};

  /// `provider` must outlive this.
  explicit FirstCheck(IStorageProvider& provider) : provider_(provider) {}

  /// Checks the storage, unless that was done; concurrent callers wait for the running check. If it
  /// fails, calls proceed with what is known, and the check is repeated after a pause: the call
  /// itself will report what is wrong with the storage.
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

}  // namespace mediadock::media
