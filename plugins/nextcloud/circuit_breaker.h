#pragma once

/// \file
/// Spares a sick server: what fails again and again is not asked for a while.

#include "trial_gate.h"
#include "trouble.h"

#include <cstddef>
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

  /// `rootDepth`: how many segments lead to the root of a tree that is no Nextcloud's.
  explicit CircuitBreaker(std::size_t rootDepth = 0, TimeSource time = {});

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

  std::size_t rootDepth_;
  TimeSource time_;
  std::shared_ptr<TrialGate> server_;
  std::mutex mutex_;
  // Guarded by mutex_.
  unsigned failuresInARow_ = 0;
  /// By percent-encoded path.
  std::map<std::string, Place> places_;
};

}  // namespace mediadock
