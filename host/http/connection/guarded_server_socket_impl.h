#pragma once

/// \file
/// The listening socket that makes guarded connections.

#include "http/connection/byte_transport.h"
#include "http/connection/client_connection.h"
#include "http/connection/guard_state.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/SocketAddress.h>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

namespace mediadock::guard {

/// Accepts within `poll`, so that a connection that is refused never reaches the server, and hands
/// out in `acceptConnection` what `poll` has admitted, and parked connections whose clients have
/// sent something as if they had just come. For the one thread that accepts.
class GuardedServerSocketImpl final : public Poco::Net::ServerSocketImpl {
 public:
  /// \param tls nothing: in clear.
  GuardedServerSocketImpl(GuardSettings settings, Poco::Net::Context::Ptr tls);

  void listen(int backlog) override;
  bool poll(const Poco::Timespan& timeout, int mode) override;
  Poco::Net::SocketImpl* acceptConnection(Poco::Net::SocketAddress& peer) override;

  bool secure() const override { return !tls_.isNull(); }

  GuardState& state() const noexcept { return *state_; }

  /// See GuardedServerSocket.
  void endIdle();

 protected:
  ~GuardedServerSocketImpl() override;

 private:
  struct Accepted {
    int descriptor;
    Poco::Net::SocketAddress peer;
  };

  void waitOnce(std::chrono::nanoseconds limit);
  std::optional<Accepted> accept();
  bool hasRoom();
  bool closeSilent();
  void leaveDescriptors();
  void admitOrRefuse(const Accepted& accepted);
  std::unique_ptr<IByteTransport> makeTransport(int descriptor) const;
  void refuse(const Accepted& accepted);
  void refuseWithoutDescriptor();

  std::shared_ptr<GuardState> state_;
  Poco::Net::Context::Ptr tls_;
  /// What the server is to take next, oldest first.
  std::deque<std::unique_ptr<ClientConnection>> admitted_;
  /// Given up for a moment where no other descriptor is left to accept, and refuse, with.
  int spareDescriptor_;
};

}  // namespace mediadock::guard
