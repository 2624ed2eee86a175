#pragma once

/// \file
/// A listening socket on a free loopback port, for servers that speak bytes by hand.

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace mediadock {

class LoopbackListener {
 public:
  LoopbackListener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, generic, &size) != 0) {
      throw std::runtime_error("cannot listen on loopback");
    }
    port_ = ntohs(address.sin_port);
  }

  ~LoopbackListener() { ::close(socket_); }

  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  std::uint16_t port() const { return port_; }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// The next connection, for the caller to close; -1 once `stop` is asked for.
  int accept(const std::stop_token& stop) const {
    int connection = -1;
    while (connection < 0 && awaitReadable(socket_, stop)) {
      connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    }
    return connection;
  }

  /// Waits until `socket` can be read; false once `stop` is asked for.
  static bool awaitReadable(int socket, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd wanted{socket, POLLIN, 0};
      if (::poll(&wanted, 1, 20) > 0) {
        return true;
      }
    }
    return false;
  }

  /// One whole HTTP request: its head, and as much of a body as Content-Length says. Empty once the
  /// client ends the connection or `stop` is asked for. `pending` keeps what came behind it.
  static std::string readRequest(int socket, std::string& pending, const std::stop_token& stop) {
    for (;;) {
      const auto end = pending.find("\r\n\r\n");
      const auto size = end == std::string::npos
                            ? std::string::npos
                            : end + 4 + numberBehind("Content-Length: ", pending.substr(0, end));
      if (size <= pending.size()) {
        std::string request = pending.substr(0, size);
        pending.erase(0, size);
        return request;
      }
      char block[4096];
      const auto count = awaitReadable(socket, stop) ? ::recv(socket, block, sizeof block, 0) : 0;
      if (count <= 0) {
        return "";
      }
      pending.append(block, static_cast<std::size_t>(count));
    }
  }

  /// The number that stands behind `field` in a head, or `otherwise`.
  static std::size_t numberBehind(const std::string& field, const std::string& head,
                                  std::size_t otherwise = 0) {
    const auto at = head.find(field);
    return at == std::string::npos ? otherwise : std::stoul(head.substr(at + field.size()));
  }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
};

}  // namespace mediadock
