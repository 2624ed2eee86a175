#pragma once

/// \file
/// Buffered, blocking I/O on a client connection; a TransferWatch limits every wait.

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

namespace mediadock::http::guard {

/// Reads ahead into its own buffer, and sends completely. Bytes received beyond one request stay in
/// the buffer for the next. Not thread-safe.
class ClientChannel {
 public:
  /// \param descriptor the transport's; borrowed.
  ClientChannel(std::unique_ptr<IByteTransport> transport, int descriptor,
                const TransferTimeouts& sending);

  /// Bytes received but not consumed.
  std::string_view buffered() const noexcept;
  void consume(std::size_t bytes) noexcept;

  /// Waits at most `limit` until there is something to receive, including the end of the stream.
  /// Returns whether there is.
  bool awaitBytes(std::chrono::nanoseconds limit);

  /// Receives more bytes into the buffer. Returns false at the end of the stream.
  /// \throws Poco::TimeoutException once the watch has run out, Poco::Net::NetException if the
  ///   connection is broken.
  bool fill(TransferWatch& watch);

  /// Moves bytes to `buffer`; returns 0 at the end of the stream. Throws as `fill`.
  std::size_t receive(std::span<char> buffer, TransferWatch& watch);

  /// Sends all of `bytes`. Once a sending call has thrown, every further one throws immediately.
  /// \param flags as for send(2).
  /// \throws Poco::TimeoutException if the client reads too slowly, Poco::Net::NetException if the
  ///   connection is broken.
  void send(std::string_view bytes, int flags);

  /// As above, with `watch` in place of the channel's own.
  void send(std::string_view bytes, int flags, TransferWatch& watch);

  /// Sends `bytes` bytes of `file` from `offset` without copying them through user space; not over
  /// TLS. Returns how many were sent; fewer if the file is shorter. Throws as `send`. The process
  /// must ignore SIGPIPE.
  /// \throws Poco::ReadFileException if the file cannot be read.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Frees the buffer if it is empty.
  void shrink() noexcept;

  /// Sends `bytes` bytes from `pipe`, also without copying.
  /// \throws as `send`.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// Restarts the watch on sending.
  void restartSending() noexcept { sendingWatch_.restart(); }

  /// Closes the sending side; `send` throws from now on.
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

}  // namespace mediadock::http::guard
