#pragma once

/// \file
/// A server that plays scripted bytes, for what no well-behaved HTTP server would send.

#include "support/loopback_listener.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock {

/// What the server does once it has read one request.
struct RawAnswer {
  enum class Then {
    Next,   ///< Await the next request on this connection.
    Close,  ///< End the connection.
    Hold,   ///< Say nothing more, and keep the connection open.
  };

  std::string bytes;
  Then then = Then::Next;
  /// Send one byte at a time with this much between.
  std::chrono::milliseconds pace{0};
};

/// Listens on a free loopback port from construction to destruction. The first connection gets the
/// first script, and so on; one more than there are scripts is closed at once.
class RawServer {
 public:
  using Script = std::vector<RawAnswer>;

  explicit RawServer(std::vector<Script> scripts)
      : scripts_(std::make_move_iterator(scripts.begin()), std::make_move_iterator(scripts.end())) {
    acceptor_ = std::jthread([this](const std::stop_token& stop) { acceptAll(stop); });
  }

  ~RawServer() {
    acceptor_.request_stop();
    acceptor_.join();
    connections_.clear();
  }

  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return listener_.port(); }

  std::string url() const { return listener_.url(); }

  /// All requests so far, head and body, in the order of their arrival.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void acceptAll(const std::stop_token& stop) {
    for (int socket = listener_.accept(stop); socket >= 0; socket = listener_.accept(stop)) {
      Script script;
      if (!scripts_.empty()) {
        script = std::move(scripts_.front());
        scripts_.pop_front();
      }
      connections_.emplace_back([this, socket, script](const std::stop_token& own) {
        play(socket, script, own);
        ::close(socket);
      });
    }
  }

  void play(int socket, const Script& script, const std::stop_token& stop) {
    std::string pending;
    for (const auto& answer : script) {
      auto request = LoopbackListener::readRequest(socket, pending, stop);
      if (request.empty()) {
        return;
      }
      note(std::move(request));
      send(socket, answer, stop);
      if (answer.then == RawAnswer::Then::Close) {
        return;
      }
      while (answer.then == RawAnswer::Then::Hold && !stop.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
  }

  static void send(int socket, const RawAnswer& answer, const std::stop_token& stop) {
    const std::size_t step = answer.pace.count() > 0 ? 1 : answer.bytes.size();
    for (std::size_t at = 0; at < answer.bytes.size() && !stop.stop_requested(); at += step) {
      if (::send(socket, answer.bytes.data() + at, step, MSG_NOSIGNAL) < 0) {
        return;
      }
      std::this_thread::sleep_for(answer.pace);
    }
  }

  void note(std::string request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(request));
  }

  std::deque<Script> scripts_;
  LoopbackListener listener_;
  /// Guards `requests_`.
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::jthread> connections_;
  std::jthread acceptor_;
};

}  // namespace mediadock
