#pragma once

/// \file
/// Waiting on descriptors with one poll(2): Poco makes, fills and closes an epoll set for each
/// wait, which costs four calls and a descriptor.

#include <chrono>
#include <poll.h>
#include <span>

namespace mediadock::guard {

/// Waits for at most `limit`; not at all where it is negative. Signals do not end the wait early.
/// Returns whether any descriptor is ready; `revents` is filled in.
/// \throws Poco::Net::NetException
bool awaitReady(std::span<pollfd> descriptors, std::chrono::nanoseconds limit);

bool awaitReady(int descriptor, short events, std::chrono::nanoseconds limit);

}  // namespace mediadock::guard
