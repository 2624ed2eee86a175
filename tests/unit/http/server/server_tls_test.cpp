#include "http/server/server_tls.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/http/connection/test_certificate.h"

#include <Poco/Net/NetSSL.h>
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

namespace mediadock::http {
namespace {

using guard::KeyKind;
using guard::TestCertificate;
using Poco::Net::Context;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using ClientContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

ClientContext clientFor(int version) {
  ClientContext client(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  SSL_CTX_set_security_level(client.get(), 0);
  SSL_CTX_set_min_proto_version(client.get(), version);
  SSL_CTX_set_max_proto_version(client.get(), version);
  return client;
}

/// The suite that both agree on; empty where the handshake fails.
std::string agreedSuite(SSL_CTX* server, SSL_CTX* client) {
  const Session one(SSL_new(server), &SSL_free);
  const Session other(SSL_new(client), &SSL_free);
  BIO* here = nullptr;
  BIO* there = nullptr;
  BIO_new_bio_pair(&here, 0, &there, 0);
  SSL_set_bio(one.get(), here, here);
  SSL_set_bio(other.get(), there, there);
  SSL_set_accept_state(one.get());
  SSL_set_connect_state(other.get());
  for (int step = 0; step < 20; ++step) {
    const int asked = SSL_do_handshake(other.get());
    const int answered = SSL_do_handshake(one.get());
    if (asked == 1 && answered == 1) {
      return SSL_get_cipher_name(other.get());
    }
  }
  return {};
}

/// Those of TLS 1.2 that `server` takes, of all that this OpenSSL knows.
std::vector<std::string> acceptedSuites(SSL_CTX* server) {
  const auto all = clientFor(TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(all.get(), "ALL:COMPLEMENTOFALL");
  std::vector<std::string> accepted;
  const auto* suites = SSL_CTX_get_ciphers(all.get());
  for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
    const std::string name = SSL_CIPHER_get_name(sk_SSL_CIPHER_value(suites, i));
    const auto client = clientFor(TLS1_2_VERSION);
    const bool isKnown = SSL_CTX_set_cipher_list(client.get(), name.c_str()) == 1;
    if (isKnown && !agreedSuite(server, client.get()).empty()) {
      accepted.push_back(name);
    }
  }
  return accepted;
}

class ServerTls : public testing::Test {
 protected:
  static void SetUpTestSuite() { Poco::Net::initializeSSL(); }

  static void TearDownTestSuite() { Poco::Net::uninitializeSSL(); }

  static Context::Ptr contextOf(const TestCertificate& certificate) {
    return makeServerTls(certificate.certificateFile(), certificate.keyFile());
  }

  static std::string refusal(const std::string& certificateFile, const std::string& keyFile) {
    try {
      makeServerTls(certificateFile, keyFile);
      return "taken";
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
      return error.what();
    }
  }
};

TEST_F(ServerTls, TakesOnlySuitesWithForwardSecrecyAndAuthenticatedEncryption) {
  for (const KeyKind kind : {KeyKind::Ec, KeyKind::Rsa}) {
    const TestCertificate certificate(kind);

    const auto suites = acceptedSuites(contextOf(certificate)->sslContext());

    EXPECT_THAT(suites, Contains(HasSubstr("AES128-GCM-SHA256")));
    for (const std::string& suite : suites) {
      EXPECT_THAT(suite, StartsWith("ECDHE-"));
      EXPECT_THAT(suite, AnyOf(HasSubstr("GCM"), HasSubstr("CHACHA20-POLY1305")));
    }
  }
}

TEST_F(ServerTls, SpeaksTls13AndNothingBelow12) {
  const TestCertificate certificate(KeyKind::Rsa);
  const auto context = contextOf(certificate);

  EXPECT_THAT(agreedSuite(context->sslContext(), clientFor(TLS1_3_VERSION).get()),
              StartsWith("TLS_"));
  EXPECT_THAT(agreedSuite(context->sslContext(), clientFor(TLS1_1_VERSION).get()), IsEmpty());
}

TEST_F(ServerTls, RefusesAKeyOfAnotherCertificate) {
  for (const KeyKind kind : {KeyKind::Ec, KeyKind::Rsa}) {
    const TestCertificate certificate(KeyKind::Ec);
    const TestCertificate other(kind);

    EXPECT_THAT(refusal(certificate.certificateFile(), other.keyFile()),
                HasSubstr("the key is not that of the certificate"));
  }
}

TEST_F(ServerTls, RefusesFilesThatHoldSomethingElse) {
  const TestCertificate certificate;

  EXPECT_THAT(refusal(certificate.keyFile(), certificate.keyFile()), HasSubstr("http.tls"));
  EXPECT_THAT(refusal(certificate.certificateFile(), certificate.certificateFile()),
              HasSubstr("http.tls"));
  EXPECT_THAT(refusal(certificate.certificateFile(), certificate.keyFile() + ".gone"),
              HasSubstr("http.tls"));
}

TEST_F(ServerTls, RefusesAKeyBehindAPassphraseWithoutAskingForIt) {
  const TestCertificate certificate(KeyKind::Ec, "a passphrase");

  EXPECT_THAT(refusal(certificate.certificateFile(), certificate.keyFile()), HasSubstr("http.tls"));
}

}  // namespace
}  // namespace mediadock::http
