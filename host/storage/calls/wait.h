#pragma once

/// \file
/// Waits on a condition within a call's deadline and cancellation.

#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace mediadock::storage {

/// Waits on `changed` until `predicate`, evaluated with `lock` held, is true; at most one hour.
/// \throws StorageError `failure` with the code `Cancelled` if the call was cancelled, `Timeout` if
///   its deadline (or the hour) passed first.
template <typename Predicate>
void waitOrThrow(std::condition_variable_any& changed, std::unique_lock<std::mutex>& lock,
                 const CallContext& context, Predicate predicate, StorageFailure failure) {
  // wait_until may overflow for time_point::max().
  constexpr std::chrono::hours kLongest{1};
  const auto end = std::min(context.deadline, CallContext::Clock::now() + kLongest);
  if (!changed.wait_until(lock, context.cancellation, end, predicate)) {
    failure.code =
        context.cancellation.stop_requested() ? StorageErrc::Cancelled : StorageErrc::Timeout;
    throw StorageError(std::move(failure));
  }
}

}  // namespace mediadock::storage
