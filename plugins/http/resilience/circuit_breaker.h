#pragma once

/// \file
/// Circuit breaker: a server that keeps failing gets no requests for a while.

#include "http/resilience/breaker_state.h"
#include "http/resilience/server_condition.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::http_client {

/// Has one state for the whole server, and one for each place in its tree where only that place
/// fails: an external storage that is down, or a folder that yields only errors.
///
/// A place is the deepest folder common to the failed requests, never the root of the tree.
/// Thread-safe.
class CircuitBreaker {
 public:
  static constexpr unsigned kServerFailureLimit = 5;
  static constexpr unsigned kPlaceFailureLimit = 3;
  static constexpr std::chrono::seconds kFirstCooldown{1};
  static constexpr std::chrono::seconds kLongestCooldown{60};
  static constexpr std::chrono::seconds kMaintenanceCooldown{10};

  /// The permits of one request.
  struct Permits {
    BreakerPermit server;
    std::optional<BreakerPermit> place;
    std::string target;
  };

  /// How many of a target's segments lead to the root of its tree. Thread-safe.
  using RootDepth = std::function<std::size_t(const std::vector<std::string>& segments)>;

  explicit CircuitBreaker(RootDepth rootDepth, TimeSource time = {});

  /// `target` is the request's, percent-encoded.
  /// \throws StorageError `Unavailable` while the server or the place is in its cooldown.
  Permits enter(const std::string& target, const CallLimits& limits);

  /// Records what a response says about the server's health; without a response (no connection,
  /// timeout) `condition` is `Gateway`. A response with a known meaning proves health, even a
  /// refusal.
  void learn(Permits& permits, ServerCondition condition, const StorageFailure& failure);

 private:
  struct Place {
    unsigned failures = 0;
    /// Null until the first cooldown of the place.
    std::shared_ptr<BreakerState> state;
  };

  std::vector<std::string> placesOf(const std::string& target) const;
  void proveHealth(Permits& permits);
  void countPlace(Permits& permits, const StorageFailure& failure);
  void countServer(Permits& permits, const StorageFailure& failure);

  RootDepth rootDepth_;
  TimeSource time_;
  std::shared_ptr<BreakerState> server_;
  std::mutex mutex_;
  // Guarded by mutex_.
  unsigned failuresInARow_ = 0;
  /// By percent-encoded path.
  std::map<std::string, Place> places_;
};

}  // namespace mediadock::http_client
