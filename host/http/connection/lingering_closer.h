#pragma once

/// \file
/// Closes connections without losing their last response.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <poll.h>
#include <vector>

namespace mediadock::http::guard {

/// If a socket is closed while its client is still sending, the kernel sends a reset, which
/// discards what the client has not read yet. Such sockets are handed over to this class, which
/// discards what they receive until the client has closed, too, or a timeout or byte limit is
/// reached. No thread blocks on them: the accepting thread serves them along the way. Thread-safe.
class LingeringCloser {
 public:
  LingeringCloser(std::chrono::milliseconds timeout, std::uint64_t maxBytes,
                  std::size_t maxConnections);
  /// Closes all.
  ~LingeringCloser();

  LingeringCloser(const LingeringCloser&) = delete;
  LingeringCloser& operator=(const LingeringCloser&) = delete;

  /// Takes ownership of a socket whose sending side is closed. If there are too many, closes the
  /// oldest.
  void take(int descriptor);

  /// Appends the descriptors to poll before the next `serve`.
  void appendTo(std::vector<pollfd>& waits) const;

  /// Discards what has arrived and closes finished sockets.
  void serve();

  /// Closes the one that has lingered longest. Returns false if there is none.
  bool closeOne();

  std::size_t size() const;

 private:
  struct Socket {
    int descriptor;
    std::chrono::steady_clock::time_point deadline;
    std::uint64_t bytesLeft;
  };

  const std::chrono::milliseconds timeout_;
  const std::uint64_t maxBytes_;
  const std::size_t maxConnections_;
  mutable std::mutex mutex_;
  /// Guarded by `mutex_`; oldest first.
  std::vector<Socket> sockets_;
};

}  // namespace mediadock::http::guard
