#pragma once

/// \file
/// The socket of a client, as answers use it.

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string_view>

namespace mediadock {

namespace guard {
class GuardedStreamSocketImpl;
}  // namespace guard

/// Writes straight to the guarded socket: Poco's stream hides failures and sends 4 KiB at a time.
/// Calls that send do not return before all was handed to the system, and throw ClientGone where
/// the client does not take it.
class ClientSocket {
 public:
  /// \param socket guarded.
  explicit ClientSocket(Poco::Net::StreamSocket socket);

  /// \param flags those of send(2).
  void send(std::string_view bytes, int flags);

  /// Whether the two calls below may be made. Not over TLS.
  bool canSendFiles() const { return !socket_.secure(); }

  /// Sends a piece of a file without copying it through memory. Returns how many bytes; fewer than
  /// wanted where the file has no more.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Sends bytes that are in `pipe`, likewise.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// Ends the connection so that the client sees it break: RST where it can be.
  void reset() noexcept;

 private:
  guard::GuardedStreamSocketImpl& guarded();

  Poco::Net::StreamSocket socket_;
};

}  // namespace mediadock
