#pragma once

/// \file
/// A client connection from accept to close, across the threads that serve it.

#include "http/connection/client_channel.h"
#include "http/connection/guard_state.h"
#include "http/connection/request_intake.h"

#include <Poco/Net/SocketAddress.h>

#include <memory>

namespace mediadock::http::guard {

/// Outlives the sockets that the HTTP server creates for it: while idle it is kept in
/// ParkedConnections, without a socket or a thread. Not thread-safe, except that `shutdown` may be
/// called from any thread.
class ClientConnection {
 public:
  /// \param descriptor non-blocking; ownership is taken.
  ClientConnection(int descriptor, Poco::Net::SocketAddress peer,
                   std::unique_ptr<IByteTransport> transport, std::shared_ptr<GuardState> state);

  /// Closes the descriptor, or hands it to the LingeringCloser if the client may still be sending.
  ~ClientConnection();

  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  int descriptor() const noexcept { return descriptor_; }

  const Poco::Net::SocketAddress& peer() const noexcept { return peer_; }

  /// The local address.
  const Poco::Net::SocketAddress& local() const noexcept { return local_; }

  ClientChannel& channel() noexcept { return channel_; }

  RequestIntake& intake() noexcept { return intake_; }

  GuardState& state() const noexcept { return *state_; }

  /// Shuts down both directions immediately; over TLS without `close_notify`.
  void shutdown() noexcept;

 private:
  void refuse(const Refusal& refusal);
  bool mustLinger() const;

  const int descriptor_;
  const Poco::Net::SocketAddress peer_;
  const Poco::Net::SocketAddress local_;
  const std::shared_ptr<GuardState> state_;
  ClientChannel channel_;
  RequestIntake intake_;
};

}  // namespace mediadock::http::guard
