#include "http/server/server_tls.h"

#include "mediadock/storage_error.h"

#include <Poco/Exception.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace mediadock::http {
namespace {

using Poco::Net::Context;

/// For TLS 1.2; all suites of TLS 1.3 qualify.
constexpr const char* kCipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20";

[[noreturn]] void refuse(const std::string& why) {
  throw StorageError(StorageErrc::ConfigInvalid, "http.tls.certificate, http.tls.key: " + why);
}

}  // namespace

Context::Ptr makeServerTls(const std::string& certificateFile, const std::string& keyFile) {
  Context::Ptr context;
  try {
    context = new Context(Context::TLS_SERVER_USE, keyFile, certificateFile, "",
                          Context::VERIFY_NONE, 9, false, kCipherSuites);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  } catch (const Poco::Exception& error) {
    refuse("the certificate or its key cannot be used: " + error.displayText());
  }
  // OpenSSL silently drops a key that does not match, and then fails every handshake.
  if (SSL_CTX_check_private_key(context->sslContext()) != 1) {
    ERR_clear_error();
    refuse("the key is not that of the certificate");
  }
  SSL_CTX_set_options(context->sslContext(), SSL_OP_CIPHER_SERVER_PREFERENCE);
  return context;
}

}  // namespace mediadock::http
