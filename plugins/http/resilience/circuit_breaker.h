#pragma once

/// \file
/// Spares a sick server: what fails again and again is not asked for a while.

#include "http/resilience/trial_gate.h"
#include "http/resilience/trouble.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// One gate for the whole server, and one for each place in its tree where only that place is sick:
/// one external storage is down, or a folder gives nothing but faults.
///
/// A place is the deepest folder that all of the failed requests share, never the root of the tree.
/// Safe for concurrent use.
class CircuitBreaker {
 public:
  static constexpr unsigned kServerPatience = 5;
  static constexpr unsigned kPlacePatience = 3;
  static constexpr std::chrono::seconds kFirstRest{1};
  static constexpr std::chrono::seconds kLongestRest{60};
  static constexpr std::chrono::seconds kMaintenanceRest{10};

  /// The way of one request through the breaker.
  struct Pass {
    Passage server;
    std::optional<Passage> place;
    std::string target;
  };

  /// How many of a target's segments lead to the root of its tree. Safe for concurrent use.
  using RootDepth = std::function<std::size_t(const std::vector<std::string>& segments)>;

  explicit CircuitBreaker(RootDepth rootDepth, TimeSource time = {});

  /// `target` is the request's, percent-encoded.
  /// \throws StorageError `Unavailable` while the server or the place is spared.
  Pass enter(const std::string& target, const CallLimits& limits);

  /// Takes what an answer tells of the server's health; without an answer (no connection, timeout)
  /// the trouble is `Gateway`. Answers with a known meaning prove health, refusals too.
  void learn(Pass& pass, Trouble trouble, const StorageFailure& failure);

 private:
  struct Place {
    unsigned failures = 0;
    /// Null until the place is spared.
    std::shared_ptr<TrialGate> gate;
  };

  std::vector<std::string> placesOf(const std::string& target) const;
  void proveHealth(Pass& pass);
  void countPlace(Pass& pass, const StorageFailure& failure);
  void countServer(Pass& pass, const StorageFailure& failure);

  RootDepth rootDepth_;
  TimeSource time_;
  std::shared_ptr<TrialGate> server_;
  std::mutex mutex_;
  // Guarded by mutex_.
  unsigned failuresInARow_ = 0;
  /// By percent-encoded path.
  std::map<std::string, Place> places_;
};

}  // namespace mediadock
