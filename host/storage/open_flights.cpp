#include "storage/open_flights.h"

#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock {
namespace {

/// A clock may not be able to wait until the end of time.
constexpr std::chrono::hours kLongest{1};

}  // namespace

std::unique_ptr<OpenFlights::Ticket> OpenFlights::enter(const std::string& key,
                                                        const CallContext& context) {
  std::unique_lock lock(mutex_);
  if (keys_.insert(key).second) {
    return std::make_unique<Ticket>(*this, key);
  }
  const auto end = std::min(context.deadline, CallContext::Clock::now() + kLongest);
  const bool hasLanded =
      landed_.wait_until(lock, context.cancellation, end, [&] { return !keys_.contains(key); });
  if (!hasLanded) {
    const bool isCancelled = context.cancellation.stop_requested();
    throw StorageError({.code = isCancelled ? StorageErrc::Cancelled : StorageErrc::Timeout,
                        .message = "gave up waiting for another reader of the file",
                        .retry = Retry::Safe,
                        .operation = "open"});
  }
  return nullptr;
}

void OpenFlights::land(const std::string& key) {
  {
    const std::lock_guard lock(mutex_);
    keys_.erase(key);
  }
  landed_.notify_all();
}

}  // namespace mediadock
