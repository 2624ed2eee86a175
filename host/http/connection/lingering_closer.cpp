#include "http/connection/lingering_closer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace mediadock::http::guard {
namespace {

constexpr std::size_t kBytesPerRound = 65536;

/// Discards what has arrived. Returns false if the client has closed or the byte limit is reached.
bool discard(int descriptor, std::uint64_t& bytesLeft) {
  std::array<char, kBytesPerRound> waste;
  const auto got = ::recv(descriptor, waste.data(), waste.size(), MSG_DONTWAIT);
  if (got <= 0) {
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  }
  bytesLeft -= std::min(bytesLeft, static_cast<std::uint64_t>(got));
  return bytesLeft > 0;
}

}  // namespace

LingeringCloser::LingeringCloser(std::chrono::milliseconds timeout, std::uint64_t maxBytes,
                                 std::size_t maxConnections)
    : timeout_(timeout),
      maxBytes_(maxBytes),
      maxConnections_(maxConnections) {}

LingeringCloser::~LingeringCloser() {
  for (const auto& socket : sockets_) {
    ::close(socket.descriptor);
  }
}

void LingeringCloser::take(int descriptor) {
  const std::lock_guard lock(mutex_);
  sockets_.push_back({.descriptor = descriptor,
                      .deadline = std::chrono::steady_clock::now() + timeout_,
                      .bytesLeft = maxBytes_});
  if (sockets_.size() > maxConnections_) {
    ::close(sockets_.front().descriptor);
    sockets_.erase(sockets_.begin());
  }
}

void LingeringCloser::appendTo(std::vector<pollfd>& waits) const {
  const std::lock_guard lock(mutex_);
  for (const auto& socket : sockets_) {
    waits.push_back({.fd = socket.descriptor, .events = POLLIN, .revents = 0});
  }
}

void LingeringCloser::serve() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(sockets_, [&](Socket& socket) {
    const bool isOver = now >= socket.deadline || !discard(socket.descriptor, socket.bytesLeft);
    if (isOver) {
      ::close(socket.descriptor);
    }
    return isOver;
  });
}

bool LingeringCloser::closeOne() {
  const std::lock_guard lock(mutex_);
  if (sockets_.empty()) {
    return false;
  }
  ::close(sockets_.front().descriptor);
  sockets_.erase(sockets_.begin());
  return true;
}

std::size_t LingeringCloser::size() const {
  const std::lock_guard lock(mutex_);
  return sockets_.size();
}

}  // namespace mediadock::http::guard
