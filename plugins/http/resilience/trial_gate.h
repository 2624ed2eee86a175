#pragma once

/// \file
/// Closed/open/half-open state of a circuit breaker; one probe at a time when half-open.

#include "http/resilience/time_source.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace mediadock {

class TrialGate;

/// One call's way through a gate. Unless it says how the call went, it proves nothing. May outlive
/// the owner of the gate; belongs to one thread.
class Passage {
 public:
  Passage(std::shared_ptr<TrialGate> gate, unsigned trial);
  ~Passage();

  Passage(Passage&& other) noexcept = default;
  Passage& operator=(Passage&&) = delete;

  /// Whether it went alone, to find out whether the gate can be opened.
  bool isTrial() const noexcept { return trial_ != 0; }

  /// Opens the gate where this was the trial; what went through before the gate was shut proves
  /// nothing.
  void succeed() noexcept;

  /// Shuts the gate for `first`; after a failed trial for twice as long as before, at most
  /// `longest`.
  void fail(const StorageFailure& why, std::chrono::milliseconds first,
            std::chrono::milliseconds longest);

 private:
  std::shared_ptr<TrialGate> gate_;
  /// 0: no trial.
  unsigned trial_;
};

/// Safe for concurrent use.
class TrialGate : public std::enable_shared_from_this<TrialGate> {
 public:
  enum class Start {
    Open,
    Untried,  ///< The first call goes alone; the others wait for what becomes of it.
  };

  TrialGate(Start start, TimeSource time);

  /// \throws StorageError why it is shut, with the time left; `Timeout`, `Cancelled` while waiting
  /// for the first call.
  Passage enter(const CallLimits& limits);

  /// For what cannot be the trial, as it would prove nothing: passes unless the gate is shut.
  /// \throws StorageError as `enter`.
  void check();

 private:
  friend class Passage;

  [[noreturn]] void refuse() const;

  TimeSource time_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  // Guarded by mutex_.
  bool isOpen_;
  /// Nothing while untried.
  std::optional<StorageFailure> why_;
  CallLimits::Clock::time_point until_{};
  std::chrono::milliseconds duration_{};
  unsigned lastTrial_ = 0;
  /// 0: none.
  unsigned runningTrial_ = 0;
};

}  // namespace mediadock
