#pragma once

/// \file
/// A proxy that changes status lines.

#include "support/loopback_listener.h"

#include <arpa/inet.h>
#include <cstdint>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::nextcloud {

/// Hands each request to a server on loopback, and its answer back. One request a connection.
class StatusProxy {
 public:
  /// Gives what stands in the place of an answer's status line and of what begins `rest`, the
  /// answer from its first line end on; empty: as it came.
  using Change = std::function<std::string(int status, const std::string& rest)>;

  StatusProxy(std::uint16_t port, Change change) : port_(port), change_(std::move(change)) {
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

 private:
  void serve(int socket, const std::stop_token& stop) const {
    std::string pending;
    auto request = LoopbackListener::readRequest(socket, pending, stop);
    if (request.empty()) {
      return;
    }
    request.insert(request.find("\r\n") + 2, "Connection: close\r\n");
    auto answer = ask(request, stop);
    const auto lineEnd = answer.find("\r\n");
    if (lineEnd == std::string::npos) {
      return;
    }
    const auto changed = change_(std::stoi(answer.substr(9, 3)), answer.substr(lineEnd));
    answer = changed.empty() ? answer : changed;
    if (answer.find("\r\nConnection: close\r\n") == std::string::npos) {
      answer.insert(answer.find("\r\n") + 2, "Connection: close\r\n");
    }
    ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
  }

  std::string ask(const std::string& request, const std::stop_token& stop) const {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    std::string answer;
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(server, request.data(), request.size(), MSG_NOSIGNAL) >= 0) {
      char block[4096];
      while (LoopbackListener::awaitReadable(server, stop)) {
        const auto count = ::recv(server, block, sizeof block, 0);
        if (count <= 0) {
          break;
        }
        answer.append(block, static_cast<std::size_t>(count));
      }
    }
    ::close(server);
    return answer;
  }

  std::uint16_t port_;
  Change change_;
  LoopbackListener listener_;
  std::jthread acceptor_;
};

}  // namespace mediadock::nextcloud
