#include "http/connection/plain_transport.h"

#include <Poco/Net/NetException.h>

#include <cerrno>
#include <sys/socket.h>

namespace mediadock::http::guard {
namespace {

/// \param moved the result of recv(2) or send(2).
Attempt toAttempt(ssize_t moved, Attempt::Outcome whenNotReady) {
  if (moved > 0) {
    return {.outcome = Attempt::Outcome::Moved, .bytes = static_cast<std::size_t>(moved)};
  }
  if (moved == 0) {
    return {.outcome = Attempt::Outcome::Ended};
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    return {.outcome = whenNotReady};
  }
  throw Poco::Net::ConnectionResetException("the client broke the connection", errno);
}

}  // namespace

Attempt PlainTransport::receive(std::span<char> buffer) {
  ssize_t got = 0;
  do {
    got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  } while (got < 0 && errno == EINTR);
  return toAttempt(got, Attempt::Outcome::WouldReceive);
}

Attempt PlainTransport::send(std::string_view bytes, int flags) {
  ssize_t sent = 0;
  do {
    sent = ::send(descriptor_, bytes.data(), bytes.size(), flags | MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return toAttempt(sent, Attempt::Outcome::WouldSend);
}

void PlainTransport::endSending() noexcept {
  ::shutdown(descriptor_, SHUT_WR);
}

}  // namespace mediadock::http::guard
