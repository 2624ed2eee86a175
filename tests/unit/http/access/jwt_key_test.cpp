/// \file
/// Against tokens that Poco's own signer has made.

#include "http/access/jwt_key.h"

#include "http/syntax/digest.h"
#include "mediadock/storage_error.h"
#include "support/test_token.h"

#include <Poco/Crypto/ECKey.h>
#include <Poco/Crypto/RSAKey.h>
#include <Poco/JWT/Signer.h>
#include <Poco/JWT/Token.h>
#include <gmock/gmock.h>

#include <sstream>

namespace mediadock::http {
namespace {

using Poco::Crypto::ECKey;
using Poco::Crypto::RSAKey;
using Poco::JWT::Signer;

struct SignedText {
  std::string text;
  std::string signature;
};

SignedText signBy(const Signer& signer, const std::string& algorithm) {
  Poco::JWT::Token token;
  token.setSubject("anna");
  const std::string whole = signer.sign(token, algorithm);
  const std::size_t dot = whole.rfind('.');
  return {whole.substr(0, dot), decodeBase64(whole.substr(dot + 1), Base64Alphabet::Url).value()};
}

template <typename Key>
std::string publicPem(const Key& key) {
  std::ostringstream pem;
  key.save(&pem);
  return pem.str();
}

const RSAKey& rsaKey() {
  static const RSAKey kKey(RSAKey::KL_2048, RSAKey::EXP_LARGE);
  return kKey;
}

const ECKey& ecKey() {
  static const ECKey kKey("prime256v1");
  return kKey;
}

TEST(JwtKey, VerifiesByASecret) {
  const auto key = JwtKey::fromSecret(kTokenSecret);
  const Signer signer{std::string(kTokenSecret)};

  for (const char* algorithm : {"HS256", "HS384", "HS512"}) {
    const auto [text, signature] = signBy(signer, algorithm);
    EXPECT_TRUE(key.verifies(algorithm, text, signature)) << algorithm;
    EXPECT_FALSE(key.verifies(algorithm, text + "x", signature)) << algorithm;
    EXPECT_FALSE(key.verifies(algorithm, text, "")) << algorithm;
    EXPECT_FALSE(key.verifies("RS256", text, signature));
    EXPECT_FALSE(key.verifies("none", text, signature));
  }
}

TEST(JwtKey, VerifiesByAnRsaKey) {
  const auto key = JwtKey::fromPublicKey(publicPem(rsaKey()));
  const auto [text, signature] = signBy(Signer(new RSAKey(rsaKey())), "RS256");

  EXPECT_TRUE(key.verifies("RS256", text, signature));
  EXPECT_FALSE(key.verifies("RS256", text + "x", signature));
  EXPECT_FALSE(key.verifies("RS256", text, signature.substr(1)));
  EXPECT_FALSE(key.verifies("RS384", text, signature));
  EXPECT_FALSE(key.verifies("ES256", text, signature));
}

TEST(JwtKey, VerifiesByAnEcKey) {
  const auto key = JwtKey::fromPublicKey(publicPem(ecKey()));
  const auto [text, signature] = signBy(Signer(new ECKey(ecKey())), "ES256");

  EXPECT_TRUE(key.verifies("ES256", text, signature));
  EXPECT_FALSE(key.verifies("ES256", text + "x", signature));
  EXPECT_FALSE(key.verifies("ES256", text, signature + "x"));
  EXPECT_FALSE(key.verifies("ES256", text, std::string(64, '\0')));
  EXPECT_FALSE(key.verifies("RS256", text, signature));
}

TEST(JwtKey, IsNoSecretWhereItIsPublic) {
  const std::string pem = publicPem(rsaKey());
  const auto key = JwtKey::fromPublicKey(pem);
  const auto [text, signature] = signBy(Signer(pem), "HS256");

  EXPECT_FALSE(key.verifies("HS256", text, signature));
}

TEST(JwtKey, RefusesWeakKeys) {
  EXPECT_THROW(JwtKey::fromSecret(std::string(31, 'x')), StorageError);
  EXPECT_THROW(JwtKey::fromSecret(""), StorageError);
  EXPECT_THROW(JwtKey::fromPublicKey(publicPem(RSAKey(RSAKey::KL_1024, RSAKey::EXP_LARGE))),
               StorageError);
  EXPECT_THROW(JwtKey::fromPublicKey(publicPem(ECKey("secp384r1"))), StorageError);
}

TEST(JwtKey, RefusesWhatIsNoPublicKey) {
  std::ostringstream privatePem;
  rsaKey().save(nullptr, &privatePem);

  EXPECT_THROW(JwtKey::fromPublicKey(privatePem.str()), StorageError);
  EXPECT_THROW(JwtKey::fromPublicKey("a secret of 32 bytes, or of more"), StorageError);
  EXPECT_THROW(JwtKey::fromPublicKey(""), StorageError);
}

}  // namespace
}  // namespace mediadock::http
