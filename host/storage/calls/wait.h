#pragma once

/// \file
/// Waiting within the limits of a call.

#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace mediadock {

/// Waits on `changed` until `predicate` holds, which is asked with `lock` held; without a deadline,
/// for an hour at most.
/// \throws StorageError `failure` with the code `Cancelled` where the call was cancelled, `Timeout`
///   where its deadline passed first.
template <typename Predicate>
void waitOrThrow(std::condition_variable_any& changed, std::unique_lock<std::mutex>& lock,
                 const CallContext& context, Predicate predicate, StorageFailure failure) {
  // Clocks cannot wait until the end of time.
  constexpr std::chrono::hours kLongest{1};
  const auto end = std::min(context.deadline, CallContext::Clock::now() + kLongest);
  if (!changed.wait_until(lock, context.cancellation, end, predicate)) {
    failure.code =
        context.cancellation.stop_requested() ? StorageErrc::Cancelled : StorageErrc::Timeout;
    throw StorageError(std::move(failure));
  }
}

}  // namespace mediadock
