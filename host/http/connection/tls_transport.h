#pragma once

/// \file
/// TLS transport.

#include "http/connection/byte_transport.h"

#include <Poco/Net/Context.h>
#include <openssl/ssl.h>

#include <memory>

namespace mediadock::http::guard {

/// The server side of a TLS session, directly on OpenSSL: Poco's secure socket blocks inside its
/// calls, each time up to the receive timeout, which rules out a deadline. The first call performs
/// the handshake.
class TlsTransport final : public IByteTransport {
 public:
  /// \param descriptor borrowed; must be non-blocking.
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

}  // namespace mediadock::http::guard
