#pragma once

/// \file
/// One connection to the server, plain or TLS.

#include "http/call_limits.h"
#include "http/origin.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/Session.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http_client {

/// A connection with a small read buffer. The socket is non-blocking and every wait is our own
/// `poll`, so that deadlines also apply to a server that trickles, and over TLS.
///
/// Not thread-safe, except for `interrupt`.
class HttpSession {
 public:
  /// `tls` is null for a plain connection. `resumed` is null or the `tlsSession` of an earlier
  /// connection, which shortens the handshake if the server still knows it.
  HttpSession(Origin origin, Poco::Net::Context::Ptr tls,
              Poco::Net::Session::Ptr resumed = nullptr);

  /// Resolves the host, connects and does the TLS handshake, trying each address of the host.
  /// \throws StorageError `Connection`, `Tls`, `Timeout`, `Cancelled`.
  void connect(std::chrono::milliseconds timeout, const CallLimits& limits);

  /// Sends all of `bytes`.
  /// \throws StorageError `Connection`, `Timeout`, `Cancelled`.
  void send(std::string_view bytes, const CallLimits& limits);

  /// Receives more bytes into the buffer. Returns false at the end of the connection.
  /// \throws StorageError as `send`.
  bool fill(const CallLimits& limits);

  /// Bytes received and not yet consumed. Valid until the next `fill` or `consume`.
  std::string_view buffered() const noexcept;

  void consume(std::size_t count) noexcept { begin_ += count; }

  /// Returns buffered bytes, or else receives directly into `bytes`. 0 at the end of the
  /// connection.
  std::size_t receive(std::span<std::byte> bytes, const CallLimits& limits);

  /// Whether bytes are buffered or can be received; waits for that until `until` at most.
  /// \throws StorageError `Cancelled`, `Connection`.
  bool awaitBytes(CallLimits::Clock::time_point until, const CallLimits& limits) const;

  /// Moves up to `most` bytes into the empty pipe `pipe` without copying; returns 0 at the end of
  /// the connection, nullopt if bytes are buffered or the connection is encrypted.
  std::optional<std::size_t> splice(int pipe, std::size_t most, const CallLimits& limits);

  /// Ends all blocking operations on this connection, now and later. Thread-safe.
  void interrupt() noexcept;

  /// Whether an idle connection can be reused: the server has neither closed it nor sent anything.
  bool isQuiet() const;

  /// The TLS session, for a later connection to resume; null if there is none. With TLS 1.3 it
  /// exists only once something was received.
  Poco::Net::Session::Ptr tlsSession();

 private:
  void connectTo(const Poco::Net::SocketAddress& address, CallLimits::Clock::time_point end,
                 const CallLimits& limits);
  void shakeHands(CallLimits::Clock::time_point end, const CallLimits& limits);
  int sendSome(std::string_view bytes, const CallLimits& limits);
  std::size_t receiveSome(char* bytes, std::size_t size, const CallLimits& limits);
  bool awaitReady(short events, CallLimits::Clock::time_point end, const CallLimits& limits) const;
  void await(short events, CallLimits::Clock::time_point end, const CallLimits& limits) const;

  Origin origin_;
  Poco::Net::Context::Ptr tls_;
  Poco::Net::Session::Ptr resumed_;
  Poco::Net::StreamSocket socket_;
  std::optional<Poco::Net::SecureStreamSocket> secure_;
  std::vector<char> buffer_;
  /// The valid part of `buffer_` is from `begin_` to `end_`.
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Something was sent and nothing received since: the response is pending.
  bool isAnswerDue_ = false;
  /// Guards `descriptor_` against shutdown after it was closed and reused.
  std::mutex descriptorMutex_;
  int descriptor_ = -1;
  std::atomic<bool> isInterrupted_{false};
};

}  // namespace mediadock::http_client
