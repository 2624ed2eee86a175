#include "unit/http/connection/raw_client.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace mediadock::http::guard {

RawClient::RawClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    throw std::runtime_error("cannot connect to the server under test");
  }
}

RawClient::~RawClient() {
  ::close(descriptor_);
}

std::size_t RawClient::send(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto now = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) {
      break;
    }
    sent += static_cast<std::size_t>(now);
  }
  return sent;
}

void RawClient::endSending() {
  ::shutdown(descriptor_, SHUT_WR);
}

Answer RawClient::receive() {
  auto end = received_.find("\r\n\r\n");
  while (end == std::string::npos && more()) {
    end = received_.find("\r\n\r\n");
  }
  if (end == std::string::npos) {
    return {};
  }
  Answer answer{.head = received_.substr(0, end + 2)};
  received_.erase(0, end + 4);
  answer.status = std::atoi(answer.head.c_str() + answer.head.find(' '));
  const auto length = answer.head.find("Content-Length: ");
  const std::size_t bytes = length == std::string::npos
                                ? 0
                                : std::strtoull(answer.head.c_str() + length + 16, nullptr, 10);
  while (received_.size() < bytes && more()) {
  }
  answer.body = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return answer;
}

Received RawClient::receiveToEnd() {
  while (more()) {
  }
  return {.bytes = std::move(received_), .wasReset = wasReset_, .timedOut = timedOut_};
}

bool RawClient::isEnded() {
  return received_.empty() && !more() && received_.empty() && !timedOut_;
}

bool RawClient::more() {
  char block[65536];
  const auto got = ::recv(descriptor_, block, sizeof block, 0);
  if (got > 0) {
    received_.append(block, static_cast<std::size_t>(got));
    return true;
  }
  wasReset_ = got < 0 && errno == ECONNRESET;
  timedOut_ = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  return false;
}

}  // namespace mediadock::http::guard
