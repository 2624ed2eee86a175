#include "http/framing/transfer_watch.h"

#include <algorithm>
#include <limits>

namespace mediadock::http::guard {

TransferWatch TransferWatch::inAll(std::chrono::milliseconds limit) {
  return TransferWatch({.stall = limit,
                        .grace = limit,
                        .bytesPerSecond = std::numeric_limits<std::uint64_t>::max()});
}

TransferWatch::Duration TransferWatch::left() const noexcept {
  const double rate = static_cast<double>(std::max<std::uint64_t>(timeouts_.bytesPerSecond, 1));
  const std::chrono::duration<double> earned(static_cast<double>(bytes_) / rate);
  // Practically unlimited, but representable in nanoseconds.
  constexpr std::chrono::duration<double> kMost = std::chrono::years(100);
  const Duration allowed = std::max<Duration>(
      timeouts_.grace, std::chrono::duration_cast<Duration>(std::min(earned, kMost)));
  return std::min<Duration>(timeouts_.stall - stalled_, allowed - waited_);
}

void TransferWatch::note(Duration waited, std::uint64_t bytes) noexcept {
  waited_ += waited;
  stalled_ = bytes > 0 ? Duration(0) : stalled_ + waited;
  bytes_ += bytes;
}

void TransferWatch::restart() noexcept {
  waited_ = Duration(0);
  stalled_ = Duration(0);
  bytes_ = 0;
}

}  // namespace mediadock::http::guard
