#pragma once

/// \file
/// One client's connection, from accept to close, whichever thread serves it.

#include "http/connection/client_channel.h"
#include "http/connection/guard_state.h"
#include "http/connection/request_intake.h"

#include <Poco/Net/SocketAddress.h>

#include <memory>

namespace mediadock::guard {

/// Outlives the sockets that the server above makes for it: while nothing is asked it waits among
/// the ParkedConnections, without a socket and without a thread. One thread at a time, except that
/// `shutdown` may be called from any while the connection lives.
class ClientConnection {
 public:
  /// \param descriptor becomes the connection's own, and does not block.
  ClientConnection(int descriptor, Poco::Net::SocketAddress peer,
                   std::unique_ptr<IByteTransport> transport, std::shared_ptr<GuardState> state);

  /// Closes, or leaves the descriptor to the LingeringCloser where the client may still be sending.
  ~ClientConnection();

  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  int descriptor() const noexcept { return descriptor_; }

  const Poco::Net::SocketAddress& peer() const noexcept { return peer_; }

  /// The end of the connection here.
  const Poco::Net::SocketAddress& local() const noexcept { return local_; }

  ClientChannel& channel() noexcept { return channel_; }

  RequestIntake& intake() noexcept { return intake_; }

  GuardState& state() const noexcept { return *state_; }

  /// Ends the connection at once, in both directions; over TLS without a proper end.
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

}  // namespace mediadock::guard
