#pragma once

/// \file
/// Listening socket that accepts or refuses connections and guards those it accepts.

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

namespace mediadock::http::guard {

/// Accepts within `poll`, so that a refused connection never reaches the server. `acceptConnection`
/// returns the connections that `poll` has admitted, and, as if they were new, parked connections
/// whose clients have sent something. For use by the accepting thread only.
class GuardedServerSocketImpl final : public Poco::Net::ServerSocketImpl {
 public:
  /// \param tls null: plaintext.
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
  /// Connections waiting for `acceptConnection`, oldest first.
  std::deque<std::unique_ptr<ClientConnection>> admitted_;
  /// Closed briefly to accept and refuse a connection when no other descriptor is left.
  int spareDescriptor_;
};

}  // namespace mediadock::http::guard
