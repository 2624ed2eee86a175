#pragma once

/// \file
/// How much longer a slow client is waited for.

#include "http/framing/guard_settings.h"

#include <chrono>
#include <cstdint>

namespace mediadock::guard {

/// Judges one direction of one request by what it was told; asks no clock.
class TransferWatch {
 public:
  using Duration = std::chrono::nanoseconds;

  explicit TransferWatch(const TransferPatience& patience) : patience_(patience) {}

  /// A watch that allows `limit` in all, however much moves.
  static TransferWatch inAll(std::chrono::milliseconds limit);

  /// How long the next wait may take; nothing or less: the client is too slow.
  Duration left() const noexcept;

  /// Takes down a wait and the bytes that moved in it.
  void note(Duration waited, std::uint64_t bytes) noexcept;

  void restart() noexcept;

 private:
  TransferPatience patience_;
  Duration waited_{0};
  Duration stalled_{0};
  std::uint64_t bytes_ = 0;
};

}  // namespace mediadock::guard
