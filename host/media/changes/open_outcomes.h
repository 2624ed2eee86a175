#pragma once

/// \file
/// Resolves operations whose outcome is unknown.

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

namespace mediadock::media {

/// An outcome is open if the storage did not report it, or if the records could not be updated with
/// it. The storage is polled until it shows that the operation has happened, or for long enough to
/// conclude that it has not. Open operations are marked in the records, so a restarted host
/// continues with them. Calls may run concurrently unless stated otherwise.
class OpenOutcomes {
 public:
  /// How long a storage may still be working on an operation after it stopped responding.
  static constexpr std::chrono::seconds kTimeout{60};
  /// Operations examined per round.
  static constexpr std::size_t kLooksPerRound = 100;
  /// Operations held in memory while the records cannot be written. Those beyond this limit are
  /// resolved at the next start.
  static constexpr std::size_t kMostUnnoted = 1000;

  /// An operation in flight, from before its announcement to its end. Unless `end` was called, the
  /// destructor leaves its outcome open.
  class InFlight {
   public:
    InFlight(OpenOutcomes& outcomes, records::Announcement announcement);
    ~InFlight();

    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

    /// The outcome is in the records.
    void end() noexcept { hasEnded_ = true; }

    /// Nobody works on it any more: its outcome is open from now on.
    void leave() noexcept;

    /// Ends it with `call`, which cancels the operation in the records. If that fails, the outcome
    /// is left open, and the error is ignored in favour of the one that led here.
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
    const records::Announcement announcement_;
    bool hasEnded_ = false;
  };

  /// Both must outlive this.
  OpenOutcomes(IStorageProvider& provider, records::IRecordStore& records);

  /// One round over the open operations, to be called every second; returns those that were
  /// resolved. A call before the next round is due costs nothing. Rounds back off, up to a minute
  /// apart, while nothing is resolved. One thread only.
  /// \throws StorageError if records or storage cannot be reached; later rounds retry.
  std::vector<Reconciled> resolveDue(const CallContext& context);

  /// Settles the operations at or below `path` at once, by the storage's current state, so that a
  /// new operation there does not build on an open one. Returns their outcomes.
  /// \throws StorageError of the provider or the record store.
  std::vector<Reconciled> resolveWithin(const StoragePath& path, const CallContext& context);

 private:
  using Clock = std::chrono::steady_clock;

  struct Round {
    std::vector<Reconciled> resolved;
    bool hasResolvedAll = false;
    std::optional<StorageError> failure;
  };

  void leave(const records::Announcement& announcement) noexcept;
  void holdUnnoted(const records::Announcement& announcement) noexcept;
  void noteHeld();
  bool isDue(Clock::time_point now);
  Round look(const CallContext& context);

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  /// False once a round found none. Starts as true: an earlier host may have left some.
  std::atomic<bool> mayBeOpen_ = true;
  /// How many were left open by this host.
  std::atomic<std::size_t> left_ = 0;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<records::Announcement> unnoted_;
  Clock::time_point nextRound_{};
  std::chrono::seconds pause_{1};

  /// Where the next round continues; only used by the thread that runs the rounds.
  std::string afterId_;
};

}  // namespace mediadock::media
