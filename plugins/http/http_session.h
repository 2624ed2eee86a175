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

namespace mediadock {

/// A connection with a small read buffer. The socket is non-blocking and every wait is a `poll` of
/// ours: so a deadline holds against a server that trickles, and over TLS, too.
///
/// Belongs to one thread at a time; only `interrupt` may be called from others.
class HttpSession {
 public:
  /// `tls` is null for a plain connection. `resumed` is what `tlsSession` of an earlier connection
  /// gave, or null: with it the handshake is short, where the server remembers.
  HttpSession(Origin origin, Poco::Net::Context::Ptr tls,
              Poco::Net::Session::Ptr resumed = nullptr);

  /// Resolves, connects and shakes hands, trying each address of the host.
  /// \throws StorageError `Connection`, `Tls`, `Timeout`, `Cancelled`.
  void connect(std::chrono::milliseconds timeout, const CallLimits& limits);

  /// Sends all of `bytes`.
  /// \throws StorageError `Connection`, `Timeout`, `Cancelled`.
  void send(std::string_view bytes, const CallLimits& limits);

  /// Takes more bytes into the buffer. Returns false at the end of the connection.
  /// \throws StorageError as `send`.
  bool fill(const CallLimits& limits);

  /// What was received and not consumed. Valid until the next `fill` or `consume`.
  std::string_view buffered() const noexcept;

  void consume(std::size_t count) noexcept { begin_ += count; }

  /// Gives buffered bytes, or else receives straight into `bytes`. 0 at the end of the connection.
  std::size_t receive(std::span<std::byte> bytes, const CallLimits& limits);

  /// Whether something can be received, or is buffered; waits for it at most until `until`.
  /// \throws StorageError `Cancelled`, `Connection`.
  bool awaitBytes(CallLimits::Clock::time_point until, const CallLimits& limits) const;

  /// Moves at most `most` bytes into the empty pipe `pipe` without copying them; 0 at the end of
  /// the connection, nothing where bytes are buffered or encrypted.
  std::optional<std::size_t> splice(int pipe, std::size_t most, const CallLimits& limits);

  /// Ends all that blocks on this connection now and later. Safe from any thread.
  void interrupt() noexcept;

  /// Whether a kept connection can still be used: neither closed by the server nor with bytes that
  /// nobody asked for.
  bool isQuiet() const;

  /// What a later connection can resume; null where there is nothing. TLS 1.3 has it only once
  /// something was received.
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
  /// What is in it: from `begin_` to `end_`.
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Whether something was sent and nothing received since: the answer is not there yet.
  bool isAnswerDue_ = false;
  /// Guards `descriptor_` against being shut down after it was closed and given to another.
  std::mutex descriptorMutex_;
  int descriptor_ = -1;
  std::atomic<bool> isInterrupted_{false};
};

}  // namespace mediadock
