#pragma once

/// \file
/// The client's socket, as responses use it.

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string_view>

namespace mediadock::http {

namespace guard {
class GuardedStreamSocketImpl;
}  // namespace guard

/// Writes straight to the guarded socket: Poco's stream hides failures and sends 4 KiB at a time.
/// Calls that send return once the kernel has taken all bytes, and throw ClientGone if the client
/// has disconnected or reads too slowly.
class ClientSocket {
 public:
  /// \param socket must be a guarded one (GuardedStreamSocketImpl).
  explicit ClientSocket(Poco::Net::StreamSocket socket);

  /// \param flags as for send(2).
  void send(std::string_view bytes, int flags);

  /// Whether the two calls below are allowed: not over TLS.
  bool canSendFiles() const { return !socket_.secure(); }

  /// Sends part of a file without copying it through user space. Returns how many bytes were sent;
  /// fewer than requested if the file is shorter.
  std::uint64_t sendFile(int file, std::uint64_t offset, std::uint64_t bytes);

  /// Sends bytes that are in `pipe`, also without copying.
  void sendPipe(int pipe, std::uint64_t bytes);

  /// Aborts the connection so that the client sees an error: by RST if possible.
  void reset() noexcept;

 private:
  guard::GuardedStreamSocketImpl& guarded();

  Poco::Net::StreamSocket socket_;
};

}  // namespace mediadock::http
