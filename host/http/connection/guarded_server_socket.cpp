#include "http/connection/guarded_server_socket.h"

#include "http/connection/guarded_server_socket_impl.h"

namespace mediadock::http::guard {
GuardedServerSocket::GuardedServerSocket(const Poco::Net::SocketAddress& address, int backlog,
                                         const GuardSettings& settings,
                                         const Poco::Net::Context::Ptr& tls)
    : ServerSocket(new GuardedServerSocketImpl(settings, tls), true) {
  // Not SO_REUSEPORT, which Poco sets by default: a second host on the same port must fail.
  impl()->bind(address, true, false);
  impl()->listen(backlog);
}

void GuardedServerSocket::endIdle() {
  static_cast<GuardedServerSocketImpl*>(impl())->endIdle();
}

void GuardedServerSocket::endConnections() {
  GuardState& state = static_cast<const GuardedServerSocketImpl*>(impl())->state();
  state.parked.endAll();
  state.connections.endAll();
}

}  // namespace mediadock::http::guard
