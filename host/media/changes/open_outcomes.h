#pragma once

/// \file
/// Operations of which nobody knows yet what became of them.

#include "media/rules/reconcile.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// An operation's outcome is open where the storage did not tell it, or where the records could not
/// take it down. The storage is asked until it shows that the operation has happened, or for long
/// enough to say that it has not. Which ones are open stays in the records, so that a restart goes
/// on with them. Calls may run concurrently where they do not say otherwise.
class OpenOutcomes {
 public:
  /// How long a storage may still be at work on an operation after it gave up answering.
  static constexpr std::chrono::seconds kPatience{60};
  /// Operations looked at in one round.
  static constexpr std::size_t kLooksPerRound = 100;
  /// Operations held in memory because the records cannot be written. What comes beyond is settled
  /// at the next start.
  static constexpr std::size_t kMostUnnoted = 1000;

  /// An operation in flight, from before its announcement to its end. Unless `end` was called, the
  /// destructor leaves its outcome open.
  class InFlight {
   public:
    InFlight(OpenOutcomes& outcomes, Announcement announcement);
    ~InFlight();

    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

    /// The records say what became of it.
    void end() noexcept { hasEnded_ = true; }

    /// Nobody works at it any more: its outcome is open from now on.
    void leave() noexcept;

    /// Ends it with `call`, which makes the records say that nothing has happened. Where that
    /// fails, the failure that led here is still the one to tell, and the outcome is left open.
    template <typename Call>
    void takeBack(Call call) noexcept {
      try {
        call();
        end();
      } catch (...) {  // NOLINT(bugprone-empty-catch): see above.
      }
    }

   private:
    OpenOutcomes& outcomes_;
    const Announcement announcement_;
    bool hasEnded_ = false;
  };

  /// Both must outlive this.
  OpenOutcomes(IStorageProvider& provider, IRecordStore& records);

  /// One look at operations that are open, to be taken every second; returns those that are settled
  /// now. Rounds in which nothing is due cost nothing; they grow rarer, up to a minute, while the
  /// storage gives no new answer.
  /// Belongs to one thread.
  /// \throws StorageError where records or storage cannot be asked: later rounds will.
  std::vector<Reconciled> settleDue(const CallContext& context);

  /// Settles at once, by what the storage shows now, the operations at or below `path`; for a new
  /// operation there, which must not build on an open one. Returns what became of them.
  /// \throws StorageError of the provider or the record store.
  std::vector<Reconciled> settleWithin(const StoragePath& path, const CallContext& context);

 private:
  using Clock = std::chrono::steady_clock;

  struct Round {
    std::vector<Reconciled> settled;
    bool hasSettledAll = false;
    std::optional<StorageError> failure;
  };

  void leave(const Announcement& announcement) noexcept;
  void holdUnnoted(const Announcement& announcement) noexcept;
  void noteHeld();
  bool isDue(Clock::time_point now);
  Round look(const CallContext& context);

  IStorageProvider& provider_;
  IRecordStore& records_;
  /// False once a round found none. Begins true: an earlier host may have left some.
  std::atomic<bool> mayBeOpen_ = true;
  /// How many were left open here.
  std::atomic<std::size_t> left_ = 0;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<Announcement> unnoted_;
  Clock::time_point nextRound_{};
  std::chrono::seconds pause_{1};

  /// Where the next round goes on; of the thread that takes the rounds.
  std::string afterId_;
};

}  // namespace mediadock
