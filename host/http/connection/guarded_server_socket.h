#pragma once

/// \file
/// What the stock HTTP server is to be given to listen on.

#include "http/framing/guard_settings.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

namespace mediadock::guard {

/// Listens at once. Copies share one socket. The server has to queue as many connections as
/// `GuardSettings::maxConnections`, for it drops what it cannot queue without a word.
class GuardedServerSocket final : public Poco::Net::ServerSocket {
 public:
  /// \param tls nothing: in clear.
  /// \throws Poco::Net::NetException where the address cannot be used.
  GuardedServerSocket(const Poco::Net::SocketAddress& address, int backlog,
                      const GuardSettings& settings, const Poco::Net::Context::Ptr& tls = {});

  /// Closes those that nothing is asked on, and each that falls silent from now on. To be called
  /// once nobody accepts any more.
  void endIdle();

  /// Closes those that are idle, and shuts down all others and those that are accepted from now on.
  void endConnections();
};

}  // namespace mediadock::guard
