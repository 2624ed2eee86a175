#pragma once

/// \file
/// Waits on descriptors with a single poll(2). Poco creates, fills and closes an epoll set for each
/// wait, which costs four system calls and a descriptor.

#include <chrono>
#include <poll.h>
#include <span>

namespace mediadock::http::guard {

/// Waits at most `limit`; not at all if it is negative. Signals do not end the wait early. Returns
/// whether any descriptor is ready; `revents` is filled in.
/// \throws Poco::Net::NetException
bool awaitReady(std::span<pollfd> descriptors, std::chrono::nanoseconds limit);

bool awaitReady(int descriptor, short events, std::chrono::nanoseconds limit);

}  // namespace mediadock::http::guard
