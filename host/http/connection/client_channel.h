#pragma once

/// \file
/// A connection with its waiting: every wait is on a watch.

#include "http/connection/byte_transport.h"
#include "http/framing/guard_settings.h"
#include "http/framing/transfer_watch.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace mediadock::guard {

/// Receives ahead into a buffer of its own, and sends whole pieces. What is received beyond one
/// request stays in the buffer for the next. One thread at a time.
class ClientChannel {
 public:
  /// \param descriptor the transport's; stays the caller's.
  ClientChannel(std::unique_ptr<IByteTransport> transport, int descriptor,
                const TransferPatience& sending);

  /// What was received and not consumed.
  std::string_view buffered() const noexcept;
  void consume(std::size_t bytes) noexcept;

  /// Waits for at most `limit` until there is something to receive, the client's end included.
  bool awaitBytes(std::chrono::nanoseconds limit);

  /// Receives something behind what is buffered. Returns false where the client has ended.
  /// \throws Poco::TimeoutException once the watch has run out, Poco::Net::NetException where the
  ///   connection is broken.
  bool fill(TransferWatch& watch);

  /// Moves bytes to `buffer`; 0 where the client has ended. Throws as `fill`.
  std::size_t receive(std::span<char> buffer, TransferWatch& watch);

  /// Sends all of `bytes`. Once it has thrown, every further call does at once.
  /// \param flags those of send(2).
  /// \throws Poco::TimeoutException where the client reads too slowly, Poco::Net::NetException
  ///   where the connection is broken.
  void send(std::string_view bytes, int flags);

  /// As above, on another watch than the channel's own.
  void send(std::string_view bytes, int flags, TransferWatch& watch);

  /// Sends `bytes` bytes of `file` from `offset` without copying them through memory; not over TLS.
  /// Returns how many there were. Fails as `send`, and where the process does not ignore SIGPIPE,
  /// with that.
  /// \throws Poco::ReadFileException where it is the file that cannot be read.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Gives the buffer back where it holds nothing.
  void shrink() noexcept;

  /// Sends `bytes` bytes that are in `pipe`, as above.
  /// \throws as `send`.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// Begins to judge the client's reading anew.
  void restartSending() noexcept { sendingWatch_.restart(); }

  /// Tells the client that nothing more comes; `send` throws from now on.
  void endSending() noexcept;

  bool isSecure() const noexcept { return transport_->isSecure(); }

  bool canSend() const noexcept { return canSend_; }

 private:
  std::size_t receiveNow(std::span<char> buffer, TransferWatch& watch);
  void requireSending() const;
  void waitToReceive(short events, TransferWatch& watch);
  void waitToSend(short events, TransferWatch& watch);

  std::unique_ptr<IByteTransport> transport_;
  int descriptor_;
  TransferWatch sendingWatch_;
  bool canSend_ = true;
  std::vector<char> storage_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace mediadock::guard
