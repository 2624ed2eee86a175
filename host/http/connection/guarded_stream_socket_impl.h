#pragma once

/// \file
/// The socket that the stock server takes for its client's.

#include "http/connection/client_connection.h"

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

namespace mediadock::guard {

/// Hands the server judged heads and exact bodies; refuses the rest itself. Bytes to the client
/// pass unchanged, under a watch. `sockfd()` is the real descriptor and does not block: nobody but
/// the guard reads from it or writes to it.
/// A connection that is silent is parked, for which the server takes its socket for closed; it gets
/// another one when the client has sent something.
/// One thread at a time, except that `shutdown` may be called from any.
class GuardedStreamSocketImpl final : public Poco::Net::StreamSocketImpl {
 public:
  explicit GuardedStreamSocketImpl(std::unique_ptr<ClientConnection> connection);

  int receiveBytes(void* buffer, int length, int flags) override;
  /// Fills the first buffer.
  int receiveBytes(Poco::Net::SocketBufVec& buffers, int flags) override;
  /// \throws Poco::NotImplementedException always: it would pass the guard by.
  int receiveBytes(Poco::Buffer<char>& buffer, int flags, const Poco::Timespan& timeout) override;

  /// The request that the server is about, of which it was told the framing only; valid until the
  /// next `poll` for reading.
  const RequestHead& head() const;

  int sendBytes(const void* buffer, int length, int flags) override;
  int sendBytes(const Poco::Net::SocketBufVec& buffers, int flags) override;

  /// Sends a piece of a file behind a head that went through `sendBytes`; see
  /// ClientChannel::sendFile.
  /// \throws Poco::NotImplementedException over TLS.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Sends bytes that are in `pipe`, likewise; see ClientChannel::sendPipe.
  /// \throws Poco::NotImplementedException over TLS.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// Asked for reading, ends the request before and waits for the next (RequestIntake); after
  /// GuardSettings::threadPatience parks the connection and returns false.
  bool poll(const Poco::Timespan& timeout, int mode) override;

  /// Harmless when repeated.
  void close() override;

  /// Ends the connection at once, in both directions; over TLS without a proper end.
  void shutdown() override;

  int available() override;
  Poco::Net::SocketAddress address() override;
  Poco::Net::SocketAddress peerAddress() override;
  bool secure() const override;

  /// Nothing: the guard waits by watches of its own.
  void setSendTimeout(const Poco::Timespan& timeout) override;
  void setReceiveTimeout(const Poco::Timespan& timeout) override;
  /// Sets what is not set for the whole connection anyway.
  void setRawOption(int level, int option, const void* value, poco_socklen_t length) override;

 protected:
  ~GuardedStreamSocketImpl() override;

 private:
  ClientConnection& connection() const;
  ClientChannel& plainChannel();
  std::unique_ptr<ClientConnection> release();
  bool awaitRequest(std::chrono::microseconds limit);

  /// Nothing: closed or parked. Only the socket's thread changes it.
  std::unique_ptr<ClientConnection> connection_;
  /// Held while it is changed, and by other threads while they use it.
  std::mutex releasing_;
};

}  // namespace mediadock::guard
