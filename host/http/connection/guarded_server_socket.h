#pragma once

/// \file
/// The server socket to pass to Poco's HTTP server.

#include "http/framing/guard_settings.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

namespace mediadock::http::guard {

/// Listens immediately. Copies share one socket. The server's queue must hold
/// `GuardSettings::maxConnections` connections, since it silently drops what it cannot queue.
class GuardedServerSocket final : public Poco::Net::ServerSocket {
 public:
  /// \param tls null: plaintext.
  /// \throws Poco::Net::NetException if the address cannot be used.
  GuardedServerSocket(const Poco::Net::SocketAddress& address, int backlog,
                      const GuardSettings& settings, const Poco::Net::Context::Ptr& tls = {});

  /// Closes idle connections, and any that becomes idle later. Call once accepting has stopped.
  void endIdle();

  /// Closes idle connections, and shuts down all others and any accepted later.
  void endConnections();
};

}  // namespace mediadock::http::guard
