#pragma once

/// \file
/// Who is fetching a file just now.

#include "mediadock/call_context.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace mediadock {

/// Lets one fetch a file while others wait for what becomes of it. All calls may run concurrently.
class OpenFlights {
 public:
  /// Ends the flight, which lets the others go on.
  class Ticket {
   public:
    Ticket(OpenFlights& flights, std::string key) : flights_(flights), key_(std::move(key)) {}

    ~Ticket() { flights_.land(key_); }

    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    OpenFlights& flights_;
    const std::string key_;
  };

  /// A ticket for whoever comes first. Null, after having waited for its end, where another has
  /// one. \throws StorageError `Cancelled`, `Timeout`.
  std::unique_ptr<Ticket> enter(const std::string& key, const CallContext& context);

 private:
  void land(const std::string& key);

  std::mutex mutex_;
  std::condition_variable_any landed_;
  /// Guarded by `mutex_`.
  std::unordered_set<std::string> keys_;
};

}  // namespace mediadock
