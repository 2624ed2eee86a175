#pragma once

/// \file
/// How long to wait before asking again.

#include "call_limits.h"

#include <chrono>

namespace mediadock {

/// 0.2 s for attempt 0, doubling to 10 s: what every pause of the plugin grows by.
std::chrono::milliseconds growingPause(unsigned attempt);

/// For what has to pass by itself, such as a lock: the growing pause, of which a random quarter is
/// left out, so that those who met one lock do not meet again at the next.
std::chrono::milliseconds backOff(unsigned attempt);

/// Waits so long. Returns false, at once, where the call's deadline comes first.
/// \throws StorageError `Cancelled`.
bool backOff(unsigned attempt, const CallLimits& limits);

}  // namespace mediadock
