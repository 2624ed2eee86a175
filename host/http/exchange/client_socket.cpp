#include "http/exchange/client_socket.h"

#include "http/connection/guarded_stream_socket_impl.h"
#include "http/exchange/client_gone.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>

#include <cstddef>
#include <sys/socket.h>
#include <utility>

namespace mediadock::http {
namespace {

constexpr std::size_t kMostPerSend = 1U << 30U;

template <typename Call>
auto sendOrLeave(Call call) {
  try {
    return call();
  } catch (const Poco::Net::NetException& error) {
    throw ClientGone(error.displayText());
  } catch (const Poco::TimeoutException& error) {
    throw ClientGone(error.displayText());
  }
}

}  // namespace

ClientSocket::ClientSocket(Poco::Net::StreamSocket socket) : socket_(std::move(socket)) {}

void ClientSocket::send(std::string_view bytes, int flags) {
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, kMostPerSend);
    // A guarded socket sends everything or throws.
    sendOrLeave(
        [&] { return socket_.sendBytes(piece.data(), static_cast<int>(piece.size()), flags); });
    bytes.remove_prefix(piece.size());
  }
}

std::uint64_t ClientSocket::sendFile(int file, std::uint64_t offset, std::uint64_t bytes) {
  return sendOrLeave([&] { return guarded().sendFile(file, offset, bytes); });
}

void ClientSocket::sendPipe(int pipe, std::uint64_t bytes) {
  sendOrLeave([&] { guarded().sendPipe(pipe, bytes); });
}

void ClientSocket::reset() noexcept {
  try {
    socket_.setLinger(true, 0);
  } catch (const Poco::Exception&) {
    // The connection is closed already.
  }
  // Not the socket's own shutdown, which over TLS would signal a complete response.
  ::shutdown(socket_.impl()->sockfd(), SHUT_RDWR);
}

/// Only guarded sockets are passed to this class.
guard::GuardedStreamSocketImpl& ClientSocket::guarded() {
  return dynamic_cast<guard::GuardedStreamSocketImpl&>(*socket_.impl());
}

}  // namespace mediadock::http
