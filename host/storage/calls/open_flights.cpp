#include "storage/calls/open_flights.h"

#include "storage/calls/wait.h"

namespace mediadock {

std::unique_ptr<OpenFlights::Ticket> OpenFlights::enter(const std::string& key,
                                                        const CallContext& context) {
  std::unique_lock lock(mutex_);
  if (keys_.insert(key).second) {
    return std::make_unique<Ticket>(*this, key);
  }
  waitOrThrow(landed_, lock, context, [&] { return !keys_.contains(key); },
              {.message = "gave up waiting for another reader of the file",
               .retry = Retry::Safe,
               .operation = "open"});
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
