#pragma once

/// \file
/// When a request may be sent again, and the rest that a server asks for.

#include "mediadock/storage_error.h"
#include "time_source.h"

#include <chrono>
#include <mutex>

namespace mediadock {

/// One policy for all repeats, and one rest for all callers. Safe for concurrent use.
class Patience {
 public:
  /// More than this nobody waits for within a call: the caller is told when to come back.
  static constexpr std::chrono::seconds kLongestRest{5};

  explicit Patience(TimeSource time = {});

  /// The pause before repeat number `attempt`, counted from 0: up to 200 ms, doubled each time, at
  /// most 10 s, of which chance takes a part, lest all callers come back at once.
  std::chrono::milliseconds pause(unsigned attempt) const;

  /// From now on every caller rests that long; `why` is what those are told who cannot wait.
  void rest(std::chrono::seconds duration, const StorageFailure& why);

  /// Waits for the end of the rest.
  /// \throws StorageError what `rest` was given, where the rest is longer than the call or than
  /// `kLongestRest`; `Cancelled`, `Timeout`.
  void await(const CallLimits& limits) const;

 private:
  TimeSource time_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  CallLimits::Clock::time_point until_{};
  StorageFailure why_;
};

}  // namespace mediadock
