#include "http/connection/tls_transport.h"

#include <Poco/Net/SSLException.h>
#include <openssl/err.h>

#include <algorithm>
#include <sys/socket.h>

namespace mediadock::http::guard {
namespace {

/// The maximum payload of a TLS record.
constexpr std::size_t kRecordBytes = 16384;

int clampToInt(std::size_t size) noexcept {
  constexpr std::size_t kMost = 1U << 30U;
  return static_cast<int>(std::min(size, kMost));
}

}  // namespace

TlsTransport::TlsTransport(int descriptor, const Poco::Net::Context::Ptr& context)
    : descriptor_(descriptor),
      context_(context),
      session_(SSL_new(context->sslContext())) {
  if (!session_ || SSL_set_fd(session_.get(), descriptor) != 1) {
    throw Poco::Net::SSLException("a TLS session cannot be made");
  }
  SSL_set_accept_state(session_.get());
}

Attempt TlsTransport::receive(std::span<char> buffer) {
  ERR_clear_error();
  return toAttempt(SSL_read(session_.get(), buffer.data(), clampToInt(buffer.size())));
}

Attempt TlsTransport::send(std::string_view bytes, int /*flags*/) {
  ERR_clear_error();
  return toAttempt(
      SSL_write(session_.get(), bytes.data(), clampToInt(std::min(bytes.size(), kRecordBytes))));
}

bool TlsTransport::holdsBytes() const noexcept {
  return SSL_pending(session_.get()) > 0;
}

void TlsTransport::endSending() noexcept {
  // OpenSSL forbids SSL_shutdown after an error and during the handshake.
  if (!isBroken_ && SSL_is_init_finished(session_.get()) == 1) {
    ERR_clear_error();
    SSL_shutdown(session_.get());
  }
  ::shutdown(descriptor_, SHUT_WR);
}

Attempt TlsTransport::toAttempt(int result) {
  if (result > 0) {
    return {.outcome = Attempt::Outcome::Moved, .bytes = static_cast<std::size_t>(result)};
  }
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {.outcome = Attempt::Outcome::WouldReceive};
    case SSL_ERROR_WANT_WRITE:
      return {.outcome = Attempt::Outcome::WouldSend};
    case SSL_ERROR_ZERO_RETURN:
      return {.outcome = Attempt::Outcome::Ended};
    default:
      isBroken_ = true;
      throw Poco::Net::SSLConnectionUnexpectedlyClosedException("the TLS connection is broken");
  }
}

}  // namespace mediadock::http::guard
