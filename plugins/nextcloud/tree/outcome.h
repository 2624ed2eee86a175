#pragma once

/// \file
/// Resolves the outcome of a change whose response was lost.

#include "http/call_limits.h"
#include "mediadock/entry.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// What the state of the storage shows about a change.
enum class Outcome {
  Done,
  NotDone,  ///< Nothing has changed. The server may still be processing it.
  Unknown,  ///< Neither the old state nor the expected one.
};

/// Whether the failure leaves the outcome open: the response was lost, or a proxy timed out. False
/// for a cancelled call, which makes no more requests.
bool isDoubtful(const StorageError& error);

/// How long a server may take to assemble `size` bytes: one second per 10 MiB, at most an hour, the
/// limit for PHP scripts.
std::chrono::milliseconds workTime(std::uint64_t size);

/// Calls `look` repeatedly, with growing pauses, until it returns `Done` or `time` or the call's
/// deadline has passed; then returns the last result. A `look` that fails counts as `Unknown`.
/// \throws StorageError `Cancelled`, with `Retry::OutcomeUnknown`.
Outcome resolveOutcome(const std::function<Outcome()>& look, std::chrono::milliseconds time,
                       const http_client::CallLimits& limits);

/// How long to look before a change may be sent again: a failing gateway responds immediately, so
/// by then a server that was reached has made the change or will not make it.
constexpr std::chrono::milliseconds kSoon{1000};

/// A change whose request or response may get lost.
struct Change {
  /// \throws StorageError if the server refuses the change, or if its outcome is unknown.
  std::function<void()> send;
  /// Whether the storage shows the change.
  std::function<Outcome()> look;
  /// How long to look before sending again.
  std::chrono::milliseconds soon = kSoon;
  /// How long the server may still process the change after it stopped responding.
  std::chrono::milliseconds timeout{0};
  /// Maximum number of retries.
  unsigned repeats = 0;
};

/// Sends a change until it is made: sends it again if it did not arrive or hit a lock, or if the
/// response was lost and the storage shows that nothing was changed.
/// \throws StorageError the server's refusal; `OutcomeUnknown` if neither response nor `look` tell.
void carryOut(const Change& change, const http_client::CallLimits& limits);

/// Looks for the outcome of a change after it failed with `error`: until it could have been made
/// or, if the result stays inconclusive, for `change.timeout`.
Outcome resolveOutcomeAfter(const StorageError& error, const Change& change,
                            const http_client::CallLimits& limits);

/// The entry after a change that succeeded. Retries if reading it fails temporarily.
/// \throws StorageError `OutcomeUnknown` if it cannot be read.
Entry lookAtDone(const std::function<Entry()>& look, unsigned repeats,
                 const http_client::CallLimits& limits);

/// `error` with `Retry::OutcomeUnknown`, and with what was found in its message.
StorageError outcomeUnknown(const StorageError& error, Outcome found);

/// Whether the two are different versions, or exactly one is absent.
bool isChanged(const std::optional<Entry>& before, const std::optional<Entry>& now);

/// Whether `entry` may be a file of `size` bytes: it has that size, or none is reported.
bool mayHold(const Entry& entry, std::uint64_t size);

/// Whether both are the same object, by ID; without IDs, by kind and size.
bool isSameObject(const Entry& left, const Entry& right);

}  // namespace mediadock::nextcloud
