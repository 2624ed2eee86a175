#include "http/connection/client_connection.h"

#include "http/framing/request_id.h"

#include <Poco/Exception.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace mediadock::http::guard {

namespace {

Poco::Net::SocketAddress localAddressOf(int descriptor) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::getsockname(descriptor, generic, &size) != 0) {
    return {};
  }
  return {generic, size};
}

void sendWithoutDelay(int descriptor) noexcept {
  const int yes = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

ClientConnection::ClientConnection(int descriptor, Poco::Net::SocketAddress peer,
                                   std::unique_ptr<IByteTransport> transport,
                                   std::shared_ptr<GuardState> state)
    : descriptor_(descriptor),
      peer_(std::move(peer)),
      local_(localAddressOf(descriptor)),
      state_(std::move(state)),
      channel_(std::move(transport), descriptor, state_->settings.sending),
      intake_(channel_, state_->settings, [this](const Refusal& refusal) { refuse(refusal); }) {
  sendWithoutDelay(descriptor);
  state_->connections.add(*this);
}

ClientConnection::~ClientConnection() {
  // First, so that no other thread shuts down a descriptor number that has been reused.
  state_->connections.remove(*this);
  const bool lingers = mustLinger();
  if (lingers || (channel_.isSecure() && channel_.canSend())) {
    channel_.endSending();
  }
  if (lingers) {
    state_->lingering.take(descriptor_);
  } else {
    ::close(descriptor_);
  }
}

void ClientConnection::shutdown() noexcept {
  ::shutdown(descriptor_, SHUT_RDWR);
}

void ClientConnection::refuse(const Refusal& refusal) {
  const std::string id = makeRequestId();
  try {
    auto watch = TransferWatch::inAll(state_->settings.lingerTimeout);
    channel_.send(writeRefusal(refusal, id), 0, watch);
  } catch (const Poco::Exception&) {
    // A client that does not read the response loses it.
  }
  channel_.endSending();
  state_->notifyRefused(refusal, id, peer_.toString());
}

bool ClientConnection::mustLinger() const {
  linger option{};
  socklen_t size = sizeof option;
  int pending = 0;
  const bool mayLoseAnswer =
      intake_.mayBeSent() || (::ioctl(descriptor_, FIONREAD, &pending) == 0 && pending > 0);
  if (!mayLoseAnswer || ::getsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &option, &size) != 0) {
    return false;
  }
  // SO_LINGER with timeout 0 is how a handler that breaks off its response requests a reset.
  return option.l_onoff == 0 || option.l_linger != 0;
}

}  // namespace mediadock::http::guard
