#pragma once

/// \file
/// Single-flight: one caller fetches a file while the others wait.

#include "mediadock/call_context.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace mediadock {

/// Lets one caller fetch a file while others wait for it to finish. All calls may run concurrently.
class OpenFlights {
 public:
  /// Finishes the flight on destruction, which wakes the waiting callers.
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

  /// Returns a ticket to the first caller. For others, waits until that ticket is released and
  /// returns null. \throws StorageError `Cancelled`, `Timeout`.
  std::unique_ptr<Ticket> enter(const std::string& key, const CallContext& context);

 private:
  void land(const std::string& key);

  std::mutex mutex_;
  std::condition_variable_any landed_;
  /// Guarded by `mutex_`.
  std::unordered_set<std::string> keys_;
};

}  // namespace mediadock
