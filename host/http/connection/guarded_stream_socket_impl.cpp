#include "http/connection/guarded_stream_socket_impl.h"

#include "http/connection/poll_wait.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>

#include <algorithm>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <span>
#include <string_view>
#include <sys/socket.h>
#include <utility>

namespace mediadock::http::guard {
namespace {

std::chrono::microseconds toDuration(const Poco::Timespan& timeout) {
  return std::chrono::microseconds(timeout.totalMicroseconds());
}

void requireNoFlags(int flags) {
  if (flags != 0) {
    throw Poco::NotImplementedException("flags are not known to a guarded socket");
  }
}

}  // namespace

GuardedStreamSocketImpl::GuardedStreamSocketImpl(std::unique_ptr<ClientConnection> connection)
    : StreamSocketImpl(connection->descriptor()),
      connection_(std::move(connection)) {}

GuardedStreamSocketImpl::~GuardedStreamSocketImpl() {
  GuardedStreamSocketImpl::close();
}

int GuardedStreamSocketImpl::receiveBytes(void* buffer, int length, int flags) {
  requireNoFlags(flags);
  return static_cast<int>(connection().intake().read(
      std::span(static_cast<char*>(buffer), static_cast<std::size_t>(length))));
}

int GuardedStreamSocketImpl::receiveBytes(Poco::Net::SocketBufVec& buffers, int flags) {
  if (buffers.empty()) {
    return 0;
  }
  return receiveBytes(buffers.front().iov_base, static_cast<int>(buffers.front().iov_len), flags);
}

int GuardedStreamSocketImpl::receiveBytes(Poco::Buffer<char>& /*buffer*/, int /*flags*/,
                                          const Poco::Timespan& /*timeout*/) {
  throw Poco::NotImplementedException("a guarded socket does not receive into a Poco::Buffer");
}

const RequestHead& GuardedStreamSocketImpl::head() const {
  return connection().intake().head();
}

int GuardedStreamSocketImpl::sendBytes(const void* buffer, int length, int flags) {
  const std::string_view bytes(static_cast<const char*>(buffer), static_cast<std::size_t>(length));
  if (bytes.empty()) {
    return 0;
  }
  connection().intake().noteAnswer(bytes);
  connection().channel().send(bytes, flags);
  return length;
}

int GuardedStreamSocketImpl::sendBytes(const Poco::Net::SocketBufVec& buffers, int flags) {
  int sent = 0;
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    const int more = i + 1 < buffers.size() ? MSG_MORE : 0;
    sent += sendBytes(buffers[i].iov_base, static_cast<int>(buffers[i].iov_len), flags | more);
  }
  return sent;
}

std::uint64_t GuardedStreamSocketImpl::sendFile(int file, std::uint64_t offset,
                                                std::uint64_t bytes) {
  return plainChannel().sendFile(file, offset, bytes);
}

void GuardedStreamSocketImpl::sendPipe(int pipe, std::uint64_t bytes) {
  plainChannel().sendPipe(pipe, bytes);
}

ClientChannel& GuardedStreamSocketImpl::plainChannel() {
  auto& channel = connection().channel();
  if (channel.isSecure()) {
    throw Poco::NotImplementedException("bytes do not go through TLS by themselves");
  }
  return channel;
}

bool GuardedStreamSocketImpl::poll(const Poco::Timespan& timeout, int mode) {
  if ((mode & SELECT_READ) != 0) {
    return awaitRequest(toDuration(timeout));
  }
  const short events = (mode & SELECT_WRITE) != 0 ? POLLOUT : 0;
  return awaitReady(connection().descriptor(), events, toDuration(timeout));
}

bool GuardedStreamSocketImpl::awaitRequest(std::chrono::microseconds limit) {
  const auto start = ParkedConnections::Clock::now();
  GuardState& state = connection().state();
  auto& intake = connection().intake();
  using Awaited = RequestIntake::Awaited;
  const Awaited awaited =
      intake.awaitRequest(std::min<std::chrono::microseconds>(limit, state.threadTimeout()));
  if (awaited == Awaited::Silence) {
    limit = std::min<std::chrono::microseconds>(limit, intake.silenceLimit());
    connection().channel().shrink();
    intake.shrink();
    state.parked.park(release(), start + limit);
  }
  return awaited == Awaited::Request;
}

void GuardedStreamSocketImpl::close() {
  release();
}

std::unique_ptr<ClientConnection> GuardedStreamSocketImpl::release() {
  const std::lock_guard lock(releasing_);
  reset();
  return std::move(connection_);
}

void GuardedStreamSocketImpl::shutdown() {
  const std::lock_guard lock(releasing_);
  if (connection_) {
    connection_->shutdown();
  }
}

int GuardedStreamSocketImpl::available() {
  return static_cast<int>(connection().channel().buffered().size());
}

Poco::Net::SocketAddress GuardedStreamSocketImpl::address() {
  return connection().local();
}

Poco::Net::SocketAddress GuardedStreamSocketImpl::peerAddress() {
  return connection().peer();
}

bool GuardedStreamSocketImpl::secure() const {
  return connection_ && connection_->channel().isSecure();
}

void GuardedStreamSocketImpl::setSendTimeout(const Poco::Timespan& /*timeout*/) {}

void GuardedStreamSocketImpl::setReceiveTimeout(const Poco::Timespan& /*timeout*/) {}

void GuardedStreamSocketImpl::setRawOption(int level, int option, const void* value,
                                           poco_socklen_t length) {
  if (level != IPPROTO_TCP || option != TCP_NODELAY) {
    StreamSocketImpl::setRawOption(level, option, value, length);
  }
}

ClientConnection& GuardedStreamSocketImpl::connection() const {
  if (!connection_) {
    throw Poco::Net::InvalidSocketException("the connection is closed");
  }
  return *connection_;
}

}  // namespace mediadock::http::guard
