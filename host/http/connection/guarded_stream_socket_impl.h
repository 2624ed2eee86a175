#pragma once

/// \file
/// The client socket as Poco's HTTP server sees it.

#include "http/connection/client_connection.h"

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

namespace mediadock::http::guard {

/// Passes validated heads and exact bodies to the server; refuses everything else itself. Bytes to
/// the client pass unchanged, under a watch. `sockfd()` is the real, non-blocking descriptor: only
/// the guard may read from it or write to it. A silent connection is parked: the server sees its
/// socket closed, and gets a new one when the client sends something. Not thread-safe, except that
/// `shutdown` may be called from any thread.
class GuardedStreamSocketImpl final : public Poco::Net::StreamSocketImpl {
 public:
  explicit GuardedStreamSocketImpl(std::unique_ptr<ClientConnection> connection);

  int receiveBytes(void* buffer, int length, int flags) override;
  /// Fills the first buffer.
  int receiveBytes(Poco::Net::SocketBufVec& buffers, int flags) override;
  /// \throws Poco::NotImplementedException always: it would bypass the guard.
  int receiveBytes(Poco::Buffer<char>& buffer, int flags, const Poco::Timespan& timeout) override;

  /// The full head of the current request; Poco has only seen its framing. Valid until the next
  /// `poll` for reading.
  const RequestHead& head() const;

  int sendBytes(const void* buffer, int length, int flags) override;
  int sendBytes(const Poco::Net::SocketBufVec& buffers, int flags) override;

  /// Sends part of a file after a head that was sent by `sendBytes`; see ClientChannel::sendFile.
  /// \throws Poco::NotImplementedException over TLS.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Likewise sends bytes from `pipe`; see ClientChannel::sendPipe.
  /// \throws Poco::NotImplementedException over TLS.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// When polled for reading, ends the previous request and waits for the next (RequestIntake);
  /// after GuardSettings::threadTimeout parks the connection and returns false.
  bool poll(const Poco::Timespan& timeout, int mode) override;

  /// Idempotent.
  void close() override;

  /// Shuts down both directions immediately; over TLS without `close_notify`.
  void shutdown() override;

  int available() override;
  Poco::Net::SocketAddress address() override;
  Poco::Net::SocketAddress peerAddress() override;
  bool secure() const override;

  /// No-ops: the guard has its own timeouts.
  void setSendTimeout(const Poco::Timespan& timeout) override;
  void setReceiveTimeout(const Poco::Timespan& timeout) override;
  /// Ignores TCP_NODELAY, which is set on every guarded connection anyway.
  void setRawOption(int level, int option, const void* value, poco_socklen_t length) override;

 protected:
  ~GuardedStreamSocketImpl() override;

 private:
  ClientConnection& connection() const;
  ClientChannel& plainChannel();
  std::unique_ptr<ClientConnection> release();
  bool awaitRequest(std::chrono::microseconds limit);

  /// Null: closed or parked. Changed only by the socket's thread.
  std::unique_ptr<ClientConnection> connection_;
  /// Held while `connection_` is changed, and by other threads while they use it.
  std::mutex releasing_;
};

}  // namespace mediadock::http::guard
