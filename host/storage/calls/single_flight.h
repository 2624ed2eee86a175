#pragma once

/// \file
/// Single-flight: concurrent calls for one key share the execution by the first, the leader.

#include "storage/calls/wait.h"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

namespace mediadock::storage {

/// The leader may pass a `Result` to the calls that wait for it, its followers. All calls may run
/// concurrently. Must outlive its leaders.
template <typename Result = std::monostate>
class SingleFlight {
  struct Flight {
    std::condition_variable_any finished;
    /// The rest is guarded by `mutex_`.
    bool isFinished = false;
    std::optional<Result> result;
  };

 public:
  /// Finishes without a result on destruction, unless it has finished. Not thread-safe.
  class Leader {
   public:
    Leader(SingleFlight& owner, std::string key, std::shared_ptr<Flight> flight)
        : owner_(owner),
          key_(std::move(key)),
          flight_(std::move(flight)) {}

    ~Leader() { finishOnce(std::nullopt); }

    Leader(const Leader&) = delete;
    Leader& operator=(const Leader&) = delete;

    /// Wakes the followers with `result`. The next call for the key leads again.
    void finish(Result result) { finishOnce(std::move(result)); }

   private:
    void finishOnce(std::optional<Result> result) {
      if (flight_) {
        owner_.finish(key_, *std::exchange(flight_, nullptr), std::move(result));
      }
    }

    SingleFlight& owner_;
    const std::string key_;
    /// Null once finished.
    std::shared_ptr<Flight> flight_;
  };

  struct Turn {
    /// Null in a follower.
    std::unique_ptr<Leader> leader;
    /// What the leader finished with, in a follower. If absent, the follower does the work itself
    /// or enters again.
    std::optional<Result> result;
  };

  /// Returns at once to the first caller for `key`, which leads; to the others, once it has
  /// finished. \throws StorageError `failure` as `waitOrThrow`.
  Turn enter(const std::string& key, const CallContext& context, StorageFailure failure) {
    std::unique_lock lock(mutex_);
    auto& place = flights_[key];
    if (!place) {
      place = std::make_shared<Flight>();
      return {.leader = std::make_unique<Leader>(*this, key, place)};
    }
    const auto flight = place;
    ++followers_;
    try {
      waitOrThrow(
          flight->finished, lock, context, [&] { return flight->isFinished; }, std::move(failure));
    } catch (...) {
      --followers_;
      throw;
    }
    --followers_;
    return {.result = flight->result};
  }

  /// Calls that wait for a leader.
  std::size_t followers() const {
    const std::lock_guard lock(mutex_);
    return followers_;
  }

 private:
  void finish(const std::string& key, Flight& flight, std::optional<Result> result) {
    {
      const std::lock_guard lock(mutex_);
      flight.result = std::move(result);
      flight.isFinished = true;
      flights_.erase(key);
    }
    flight.finished.notify_all();
  }

  mutable std::mutex mutex_;
  /// Guarded by `mutex_`: the unfinished ones.
  std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
  /// Guarded by `mutex_`.
  std::size_t followers_ = 0;
};

}  // namespace mediadock::storage
