#include "http/call_limits.h"

#include "mediadock/storage_error.h"

#include <condition_variable>
#include <mutex>

namespace mediadock::http_client {

CallLimits::CallLimits(const CallContext& context, const std::stop_token& shutdown,
                       std::chrono::milliseconds ioTimeout)
    : deadline_(context.deadline),
      standstill_(std::min(context.idleLimit, ioTimeout)),
      requestId_(context.requestId),
      either_(source_.get_token()),
      onCancellation_(context.cancellation, Forward{source_}),
      onShutdown_(shutdown, Forward{source_}) {}

CallLimits::CallLimits(const CallLimits& call, const std::stop_token& end)
    : deadline_(call.deadline_),
      standstill_(call.standstill_),
      silence_(call.silence_),
      requestId_(call.requestId_),
      isStreaming_(call.isStreaming_),
      either_(source_.get_token()),
      onCancellation_(call.either_, Forward{source_}),
      onShutdown_(end, Forward{source_}) {}

CallLimits::Clock::time_point CallLimits::end() const {
  const auto still = progressAt_ + standstill_ + silence_;
  return isStreaming_ ? still : std::min(deadline_, still);
}

bool CallLimits::leaves(std::chrono::milliseconds duration) const {
  return isStreaming_ || duration < deadline_ - Clock::now();
}

void CallLimits::check() const {
  if (either_.stop_requested()) {
    throw StorageError({.code = StorageErrc::Cancelled,
                        .message = "the call was cancelled",
                        .retry = Retry::Safe});
  }
  if (Clock::now() >= end()) {
    throw StorageError({.code = StorageErrc::Timeout,
                        .message = "the storage did not answer in time",
                        .retry = Retry::Safe});
  }
}

void CallLimits::pause(std::chrono::milliseconds duration) const {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  const auto end = Clock::now() + duration;
  wake.wait_until(lock, either_, isStreaming_ ? end : std::min(end, deadline_),
                  [] { return false; });
  // The wait was our choice.
  progress();
  check();
}

}  // namespace mediadock::http_client
