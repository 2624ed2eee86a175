#pragma once

/// \file
/// The same call from several threads at the same moment.

#include "mediadock/storage_error.h"

#include <functional>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace mediadock {

/// How a call ended: `ok`, or the wire name of its error.
inline std::string outcomeOf(const std::function<void()>& call) {
  try {
    call();
    return "ok";
  } catch (const StorageError& error) {
    return std::string(toString(error.code()));
  }
}

/// Runs `call` with 0, 1, … on as many threads, which start together, and tells how each ended.
inline std::vector<std::string> outcomesOf(std::size_t threads,
                                           const std::function<void(std::size_t)>& call) {
  std::vector<std::string> outcomes(threads);
  std::latch start(static_cast<std::ptrdiff_t>(threads));
  std::vector<std::jthread> running;
  for (std::size_t i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      start.arrive_and_wait();
      outcomes[i] = outcomeOf([&] { call(i); });
    });
  }
  running.clear();
  return outcomes;
}

}  // namespace mediadock
