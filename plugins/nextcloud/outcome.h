#pragma once

/// \file
/// Finding out what became of a change whose answer was lost.

#include "call_limits.h"
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
/// \throws StorageError `Cancelled`.
Outcome findOut(const std::function<Outcome()>& look, std::chrono::milliseconds time,
                const CallLimits& limits);

/// `error`, as the unknown outcome that looking left it.
StorageError unsettled(const StorageError& error, Outcome found);

/// Whether the two are different versions, or one is missing.
bool isChanged(const std::optional<Entry>& before, const std::optional<Entry>& now);

/// Whether both are one object, by its id; where the server gives none, by kind and size.
bool isSameObject(const Entry& left, const Entry& right);

}  // namespace mediadock
