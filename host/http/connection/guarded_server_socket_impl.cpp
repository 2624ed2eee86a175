#include "http/connection/guarded_server_socket_impl.h"

#include "http/connection/guarded_stream_socket_impl.h"
#include "http/connection/plain_transport.h"
#include "http/connection/poll_wait.h"
#include "http/connection/tls_transport.h"
#include "http/framing/request_id.h"

#include <Poco/Net/NetException.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace mediadock::http::guard {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Refusal kFull{.status = 503,
                        .detail = "The server has as many connections as it takes.",
                        .extraHeaders = "Retry-After: 1\r\n"};
/// How often silent lingering sockets are checked.
constexpr std::chrono::milliseconds kLingerLook{100};

int openSpare() noexcept {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

}  // namespace

GuardedServerSocketImpl::GuardedServerSocketImpl(GuardSettings settings,
                                                 Poco::Net::Context::Ptr tls)
    : state_(std::make_shared<GuardState>(std::move(settings))),
      tls_(std::move(tls)),
      spareDescriptor_(openSpare()) {}

GuardedServerSocketImpl::~GuardedServerSocketImpl() {
  state_->parked.endAll();
  ::close(spareDescriptor_);
}

void GuardedServerSocketImpl::endIdle() {
  admitted_.clear();
  state_->parked.endAll();
}

void GuardedServerSocketImpl::listen(int backlog) {
  ServerSocketImpl::listen(backlog);
  // accept() must not block if the client disconnects between poll and accept.
  setBlocking(false);
}

bool GuardedServerSocketImpl::poll(const Poco::Timespan& timeout, int /*mode*/) {
  const auto deadline = Clock::now() + std::chrono::microseconds(timeout.totalMicroseconds());
  do {
    waitOnce(deadline - Clock::now());
  } while (admitted_.empty() && Clock::now() < deadline);
  return !admitted_.empty();
}

Poco::Net::SocketImpl* GuardedServerSocketImpl::acceptConnection(Poco::Net::SocketAddress& peer) {
  while (admitted_.empty()) {
    waitOnce(std::chrono::seconds(1));
  }
  auto connection = std::move(admitted_.front());
  admitted_.pop_front();
  peer = connection->peer();
  return new GuardedStreamSocketImpl(std::move(connection));
}

void GuardedServerSocketImpl::waitOnce(std::chrono::nanoseconds limit) {
  if (!admitted_.empty()) {
    return;
  }
  if (!initialized()) {
    throw Poco::Net::InvalidSocketException();
  }
  std::vector<pollfd> waits{{.fd = sockfd(), .events = POLLIN, .revents = 0},
                            {.fd = state_->parked.descriptor(), .events = POLLIN, .revents = 0}};
  state_->lingering.appendTo(waits);
  if (waits.size() > 2) {
    limit = std::min<std::chrono::nanoseconds>(limit, kLingerLook);
  }
  if (const auto next = state_->parked.closeExpired()) {
    limit = std::min<std::chrono::nanoseconds>(limit, *next - Clock::now());
  }
  awaitReady(waits, limit);
  state_->lingering.serve();
  if (waits[1].revents != 0) {
    for (auto& connection : state_->parked.takeReady()) {
      admitted_.push_back(std::move(connection));
    }
  }
  if (waits[0].revents != 0) {
    if (const auto accepted = accept()) {
      admitOrRefuse(*accepted);
    }
  }
  leaveDescriptors();
}

std::optional<GuardedServerSocketImpl::Accepted> GuardedServerSocketImpl::accept() {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const int descriptor = ::accept4(sockfd(), generic, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (descriptor >= 0) {
    return Accepted{.descriptor = descriptor, .peer = Poco::Net::SocketAddress(generic, size)};
  }
  switch (errno) {
    case EMFILE:
    case ENFILE:
      // A silent connection was closed; the next round retries.
      if (!closeSilent()) {
        refuseWithoutDescriptor();
      }
      return std::nullopt;
    case EBADF:
    case EINVAL:
    case ENOTSOCK:
    case EOPNOTSUPP:
    case ENOBUFS:
    case ENOMEM:
      error();
      return std::nullopt;
    default:
      // accept(2): reports errors of the new connection, which is already closed.
      return std::nullopt;
  }
}

/// At the limit, closes a parked connection to make room.
bool GuardedServerSocketImpl::hasRoom() {
  return state_->connections.count() < state_->settings.maxConnections || state_->parked.closeOne();
}

/// Closes a parked connection, or else a lingering one.
bool GuardedServerSocketImpl::closeSilent() {
  return state_->parked.closeOne() || state_->lingering.closeOne();
}

/// Keeps descriptors free for the files of requests, including those of this round.
void GuardedServerSocketImpl::leaveDescriptors() {
  const auto connections = state_->connections.count() + state_->lingering.size();
  if (connections <= state_->descriptors.fewConnections()) {
    return;
  }
  while (state_->descriptors.isShort(spareDescriptor_) && closeSilent()) {
  }
}

void GuardedServerSocketImpl::admitOrRefuse(const Accepted& accepted) {
  if (!hasRoom()) {
    refuse(accepted);
    return;
  }
  std::unique_ptr<IByteTransport> transport;
  try {
    transport = makeTransport(accepted.descriptor);
  } catch (...) {
    ::close(accepted.descriptor);
    throw;
  }
  admitted_.push_back(std::make_unique<ClientConnection>(accepted.descriptor, accepted.peer,
                                                         std::move(transport), state_));
}

std::unique_ptr<IByteTransport> GuardedServerSocketImpl::makeTransport(int descriptor) const {
  if (tls_.isNull()) {
    return std::make_unique<PlainTransport>(descriptor);
  }
  return std::make_unique<TlsTransport>(descriptor, tls_);
}

void GuardedServerSocketImpl::refuse(const Accepted& accepted) {
  const std::string id = makeRequestId();
  state_->notifyRefused(kFull, id, accepted.peer.toString());
  if (!tls_.isNull()) {
    // Sending a response would take a handshake, which is too expensive here.
    ::close(accepted.descriptor);
    return;
  }
  const std::string answer = writeRefusal(kFull, id);
  // An empty send buffer has room for it.
  ::send(accepted.descriptor, answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  ::shutdown(accepted.descriptor, SHUT_WR);
  state_->lingering.take(accepted.descriptor);
}

void GuardedServerSocketImpl::refuseWithoutDescriptor() {
  ::close(spareDescriptor_);
  const int descriptor = ::accept4(sockfd(), nullptr, nullptr, SOCK_CLOEXEC);
  if (descriptor >= 0) {
    const std::string id = makeRequestId();
    const std::string answer = writeRefusal(kFull, id);
    ::send(descriptor, answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::close(descriptor);
    state_->notifyRefused(kFull, id, "");
  }
  spareDescriptor_ = openSpare();
}

}  // namespace mediadock::http::guard
