#pragma once

/// \file
/// Non-blocking byte transport to and from a client.

#include <cstddef>
#include <span>
#include <string_view>

namespace mediadock::http::guard {

/// The result of an attempt to move bytes.
struct Attempt {
  enum class Outcome { Moved, Ended, WouldReceive, WouldSend };

  Outcome outcome = Outcome::Moved;
  /// Set with `Outcome::Moved`; never 0.
  std::size_t bytes = 0;
};

/// One connection, plaintext or TLS. No call blocks: `WouldReceive` and `WouldSend` say what the
/// descriptor must become ready for before the same call is repeated.
class IByteTransport {
 public:
  virtual ~IByteTransport() = default;

  /// Returns `Ended` once the client has closed its sending side.
  /// \throws Poco::Net::NetException if the connection is broken.
  virtual Attempt receive(std::span<char> buffer) = 0;

  /// Sends part of `bytes`. After `WouldReceive` or `WouldSend` the next call must pass the same
  /// bytes.
  /// \param flags as for send(2); ignored where they do not apply.
  /// \throws Poco::Net::NetException if the connection is broken.
  virtual Attempt send(std::string_view bytes, int flags) = 0;

  /// Whether received bytes are buffered here, where polling the descriptor does not show them.
  virtual bool holdsBytes() const noexcept = 0;

  /// Closes the sending side. Never blocks.
  virtual void endSending() noexcept = 0;

  virtual bool isSecure() const noexcept = 0;
};

}  // namespace mediadock::http::guard
