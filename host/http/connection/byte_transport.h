#pragma once

/// \file
/// Bytes to and from a client, without waiting.

#include <cstddef>
#include <span>
#include <string_view>

namespace mediadock::guard {

/// What became of an attempt to move bytes.
struct Attempt {
  enum class Outcome { Moved, Ended, WouldReceive, WouldSend };

  Outcome outcome = Outcome::Moved;
  /// With `Outcome::Moved`, never 0.
  std::size_t bytes = 0;
};

/// One connection, in clear or through TLS. No call waits: `WouldReceive` and `WouldSend` say for
/// what the descriptor has to become ready before the same call is made again.
class IByteTransport {
 public:
  virtual ~IByteTransport() = default;

  /// `Ended` once the client has sent all that it will.
  /// \throws Poco::Net::NetException where the connection is broken.
  virtual Attempt receive(std::span<char> buffer) = 0;

  /// Sends a piece of `bytes`. After `WouldReceive` or `WouldSend` the next call has to bring the
  /// same bytes.
  /// \param flags those of send(2), where the transport has use for them.
  /// \throws Poco::Net::NetException where the connection is broken.
  virtual Attempt send(std::string_view bytes, int flags) = 0;

  /// Whether received bytes wait here, where polling the descriptor does not show them.
  virtual bool holdsBytes() const noexcept = 0;

  /// Tells the client that nothing more comes. Never waits.
  virtual void endSending() noexcept = 0;

  virtual bool isSecure() const noexcept = 0;
};

}  // namespace mediadock::guard
