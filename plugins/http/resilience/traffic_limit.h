#pragma once

/// \file
/// How many requests run at one time: fewer once the server has had enough, then more again.

#include "http/resilience/time_source.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace mediadock {

class TrafficLimit;

/// A place among the running requests, until its end.
class TrafficTicket {
 public:
  TrafficTicket(TrafficLimit& limit, CallLimits::Clock::time_point since);
  ~TrafficTicket();

  TrafficTicket(TrafficTicket&& other) noexcept;
  TrafficTicket& operator=(TrafficTicket&&) = delete;

  CallLimits::Clock::time_point since() const noexcept { return since_; }

 private:
  TrafficLimit* limit_;
  CallLimits::Clock::time_point since_;
};

/// Additive increase, multiplicative decrease, between one and `ceiling`. It grows with time and
/// not with success, since a download that nobody reads on may hold the last place. Safe for
/// concurrent use; must outlive its tickets.
class TrafficLimit {
 public:
  /// After a decrease one more request is let through at each end of this.
  static constexpr std::chrono::seconds kStep{2};

  explicit TrafficLimit(std::size_t ceiling, TimeSource time = {});

  /// Waits for a place.
  /// \throws StorageError `Timeout`, `Cancelled`.
  TrafficTicket enter(const CallLimits& limits);

  /// The server had too much of what was running. Said of a request from before the last decrease
  /// it changes nothing, so that a burst counts once.
  void lower(CallLimits::Clock::time_point requestSince);

  /// How many may run now.
  std::size_t allowed() const;

  /// Whether fewer than half of them run.
  bool isCalm() const;

 private:
  friend class TrafficTicket;

  std::size_t allowedNow() const;
  void leave() noexcept;

  std::size_t ceiling_;
  TimeSource time_;
  mutable std::mutex mutex_;
  std::condition_variable_any turn_;
  // Guarded by mutex_.
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  std::size_t lowered_;
  CallLimits::Clock::time_point loweredAt_{};
};

}  // namespace mediadock
