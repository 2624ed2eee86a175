#pragma once

/// \file
/// Closes connections without losing their last answer.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <poll.h>
#include <vector>

namespace mediadock::guard {

/// A socket that is closed while its client still sends answers with a reset, and the reset
/// destroys what the client has not read yet. So such sockets come here, where what they still
/// bring is thrown away until the client has closed, too, or has had its time. Nobody waits for
/// them: the thread that accepts connections serves them in passing. All calls may run at once.
class LingeringCloser {
 public:
  LingeringCloser(std::chrono::milliseconds timeout, std::uint64_t maxBytes,
                  std::size_t maxConnections);
  /// Closes all.
  ~LingeringCloser();

  LingeringCloser(const LingeringCloser&) = delete;
  LingeringCloser& operator=(const LingeringCloser&) = delete;

  /// Takes a socket over, whose sending has ended. Where there are too many, the oldest is closed.
  void take(int descriptor);

  /// Adds what to wait for before the next `serve`.
  void appendTo(std::vector<pollfd>& waits) const;

  /// Throws away what has come and closes what is over.
  void serve();

  /// Closes the one that has lingered for longest. Returns false where there is none.
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

}  // namespace mediadock::guard
