#pragma once

/// \file
/// A connection through TLS.

#include "http/connection/byte_transport.h"

#include <Poco/Net/Context.h>
#include <openssl/ssl.h>

#include <memory>

namespace mediadock::guard {

/// The server's side of a TLS session, straight on OpenSSL: Poco's secure socket waits inside its
/// calls, each time up to the receive timeout, which leaves no room for a deadline. The handshake
/// happens in the first call.
class TlsTransport final : public IByteTransport {
 public:
  /// \param descriptor stays the caller's; does not block.
  /// \throws Poco::Net::SSLException
  TlsTransport(int descriptor, const Poco::Net::Context::Ptr& context);

  Attempt receive(std::span<char> buffer) override;
  Attempt send(std::string_view bytes, int flags) override;
  bool holdsBytes() const noexcept override;
  void endSending() noexcept override;

  bool isSecure() const noexcept override { return true; }

 private:
  struct Free {
    void operator()(SSL* session) const noexcept { SSL_free(session); }
  };

  Attempt toAttempt(int result);

  int descriptor_;
  /// Keeps the certificates alive.
  Poco::Net::Context::Ptr context_;
  std::unique_ptr<SSL, Free> session_;
  bool isBroken_ = false;
};

}  // namespace mediadock::guard
