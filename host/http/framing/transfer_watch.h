#pragma once

/// \file
/// Stall and minimum-rate timeouts for transfers with a client.

#include "http/framing/guard_settings.h"

#include <chrono>
#include <cstdint>

namespace mediadock::http::guard {

/// Enforces stall and minimum-rate limits for one direction of one request. Reads no clock: time is
/// passed in.
class TransferWatch {
 public:
  using Duration = std::chrono::nanoseconds;

  explicit TransferWatch(const TransferTimeouts& timeouts) : timeouts_(timeouts) {}

  /// A watch that allows `limit` in total, however many bytes move.
  static TransferWatch inAll(std::chrono::milliseconds limit);

  /// How long the next wait may take; zero or negative: the client is too slow.
  Duration left() const noexcept;

  /// Records a wait and the bytes that moved during it.
  void note(Duration waited, std::uint64_t bytes) noexcept;

  void restart() noexcept;

 private:
  TransferTimeouts timeouts_;
  Duration waited_{0};
  Duration stalled_{0};
  std::uint64_t bytes_ = 0;
};

}  // namespace mediadock::http::guard
