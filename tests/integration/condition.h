#pragma once

/// \file
/// Waiting for something that another process does.

#include <chrono>
#include <functional>

namespace mediadock {

/// Asks again and again until `condition` holds, at most half a minute. Returns whether it did.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds deadline = std::chrono::seconds(30));

}  // namespace mediadock
