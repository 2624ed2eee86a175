#pragma once

/// \file
/// Finding out what became of a change whose answer was lost.

#include "http/call_limits.h"
#include "mediadock/entry.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace mediadock {

/// What a look at the storage says.
enum class Outcome {
  Done,
  NotDone,  ///< All is as it was. The server may still be at work on it.
  Unknown,  ///< Neither as it was nor as it should be.
};

/// Whether a failure leaves open what became of the change: the answer was lost, or a proxy gave up
/// waiting for it. A cancelled call asks no more.
bool isDoubtful(const StorageError& error);

/// How long a server may take to put `size` bytes together: a second for each 10 MiB, and no more
/// than the hour that PHP may run.
std::chrono::milliseconds workTime(std::uint64_t size);

/// Looks again and again, with growing pauses, until `look` finds it done or `time` or the call's
/// deadline is over; then what it found last. A look that fails is `Unknown`.
/// \throws StorageError `Cancelled`, which leaves the outcome unknown.
Outcome resolveOutcome(const std::function<Outcome()>& look, std::chrono::milliseconds time,
                       const CallLimits& limits);

/// How long to look before a change may be sent again: a gateway that fails answers at once, and a
/// server that was reached has then done it, or will not.
constexpr std::chrono::milliseconds kSoon{1000};

/// A change that may be lost on the way there or back.
struct Change {
  /// \throws StorageError where the server refuses it, or where it is not known what it did.
  std::function<void()> send;
  /// What the storage shows of it.
  std::function<Outcome()> look;
  /// How long to look before it is sent again.
  std::chrono::milliseconds soon = kSoon;
  /// How long the server may be at work on it after it stopped answering.
  std::chrono::milliseconds patience{0};
  /// How often it may be sent again.
  unsigned repeats = 0;
};

/// Sends a change until it is done: again where it did not get through or met a lock, and where its
/// answer was lost and the storage shows that nothing was done.
/// \throws StorageError what the server refused it with; `OutcomeUnknown` where neither answer nor
///   look tells.
void carryOut(const Change& change, const CallLimits& limits);

/// Looks what became of a change after this failure of it: until it could have been done, or, where
/// nothing can be seen, for as long as the change's patience.
Outcome resolveOutcomeAfter(const StorageError& error, const Change& change,
                            const CallLimits& limits);

/// What stands after a change that is done. Looks again where that fails in passing.
/// \throws StorageError `OutcomeUnknown` where it cannot be looked at.
Entry lookAtDone(const std::function<Entry()>& look, unsigned repeats, const CallLimits& limits);

/// `error`, as the unknown outcome that looking left it.
StorageError outcomeUnknown(const StorageError& error, Outcome found);

/// Whether the two are different versions, or one is missing.
bool isChanged(const std::optional<Entry>& before, const std::optional<Entry>& now);

/// Whether `entry` can be a file of `size` bytes: it has so many, or the server does not tell.
bool mayHold(const Entry& entry, std::uint64_t size);

/// Whether both are one object, by its id; where the server gives none, by kind and size.
bool isSameObject(const Entry& left, const Entry& right);

}  // namespace mediadock
