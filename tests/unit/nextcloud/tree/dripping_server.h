#pragma once

/// \file
/// A server whose answer never ends.

#include "support/loopback_listener.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::nextcloud {

/// Answers each request with `beginning`, and then with one `piece` after another for as long as
/// anybody listens.
class DrippingServer {
 public:
  struct Answer {
    std::string beginning;
    std::string piece;
    /// Between two pieces; 0: as fast as they are taken.
    std::chrono::milliseconds pace{0};
  };

  explicit DrippingServer(Answer answer) : answer_(std::move(answer)) {
    acceptor_ = std::jthread([this](const std::stop_token& stop) {
      std::vector<std::jthread> connections;
      for (int socket = listener_.accept(stop); socket >= 0; socket = listener_.accept(stop)) {
        connections.emplace_back([this, socket](const std::stop_token& own) {
          serve(socket, own);
          ::close(socket);
        });
      }
    });
  }

  std::string url() const { return listener_.url(); }

  /// Bytes that were taken, by the client or by the buffers on the way to it.
  std::uint64_t sent() const { return sent_; }

 private:
  void serve(int socket, const std::stop_token& stop) {
    std::string pending;
    if (LoopbackListener::readRequest(socket, pending, stop).empty()) {
      return;
    }
    const timeval timeout{.tv_sec = 0, .tv_usec = 20000};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    bool isTaken = send(socket, answer_.beginning, stop);
    while (isTaken && !stop.stop_requested()) {
      std::this_thread::sleep_for(answer_.pace);
      isTaken = send(socket, answer_.piece, stop);
    }
  }

  bool send(int socket, std::string_view bytes, const std::stop_token& stop) {
    while (!bytes.empty() && !stop.stop_requested()) {
      const auto count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0 && errno != EAGAIN) {
        return false;
      }
      if (count > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
        sent_ += static_cast<std::uint64_t>(count);
      }
    }
    return true;
  }

  const Answer answer_;
  LoopbackListener listener_;
  std::atomic<std::uint64_t> sent_ = 0;
  std::jthread acceptor_;
};

}  // namespace mediadock::nextcloud
