#include "http/access/jwt_key.h"

#include "http/access/secret.h"
#include "mediadock/storage_error.h"

#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <array>
#include <optional>

namespace mediadock::http {
namespace {

/// RFC 7518 §3.2: the digest size of HS256.
constexpr std::size_t kMinSecretBytes = 32;
/// RFC 7518 §3.3.
constexpr int kMinRsaBits = 2048;
/// RFC 7518 §3.4: R and S, each as long as the curve's order.
constexpr std::size_t kEs256Half = 32;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using Bio = std::unique_ptr<BIO, Freer<&BIO_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<&EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<&ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<&BN_free>>;

const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

const EVP_MD* hmacDigestOf(std::string_view algorithm) {
  return algorithm == "HS256"   ? EVP_sha256()
         : algorithm == "HS384" ? EVP_sha384()
         : algorithm == "HS512" ? EVP_sha512()
                                : nullptr;
}

bool verifyHmac(const std::string& secret, const EVP_MD* digest, std::string_view text,
                std::string_view signature) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> expected{};
  unsigned int size = 0;
  HMAC(digest, secret.data(), static_cast<int>(secret.size()), bytesOf(text), text.size(),
       expected.data(), &size);
  return isSameSecret({reinterpret_cast<const char*>(expected.data()), size}, signature);
}

/// Converts a signature from the token's format to DER, for OpenSSL; returns nullopt if its length
/// is wrong.
std::optional<std::string> derOf(std::string_view signature) {
  if (signature.size() != 2 * kEs256Half) {
    return std::nullopt;
  }
  const EcSignature pair(ECDSA_SIG_new());
  Number r(BN_bin2bn(bytesOf(signature), kEs256Half, nullptr));
  Number s(BN_bin2bn(bytesOf(signature.substr(kEs256Half)), kEs256Half, nullptr));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
    return std::nullopt;
  }
  // Owned by the pair now.
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  if (size <= 0) {
    return std::nullopt;
  }
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

bool verifySha256(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(text),
                          text.size()) == 1;
}

bool isRsa(const EVP_PKEY* key) {
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

bool isP256(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t size = 0;
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) == 1 &&
         std::string_view(name.data(), size) == SN_X9_62_prime256v1;
}

}  // namespace

JwtKey JwtKey::fromSecret(std::string secret) {
  if (secret.size() < kMinSecretBytes) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "the secret must have at least 32 bytes, as `openssl rand -hex 32` makes "
                       "them: a shorter one can be guessed from any token");
  }
  JwtKey key;
  key.secret_ = std::move(secret);
  return key;
}

JwtKey JwtKey::fromPublicKey(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  JwtKey key;
  key.publicKey_ = std::shared_ptr<EVP_PKEY>(
      bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr,
      Freer<&EVP_PKEY_free>());
  const EVP_PKEY* const read = key.publicKey_.get();
  const bool isUsable =
      read != nullptr && (isRsa(read) ? EVP_PKEY_get_bits(read) >= kMinRsaBits : isP256(read));
  if (!isUsable) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "it must hold a public key in PEM form (BEGIN PUBLIC KEY): RSA of at least "
                       "2048 bits, or EC on the curve P-256");
  }
  return key;
}

bool JwtKey::verifies(std::string_view algorithm, std::string_view text,
                      std::string_view signature) const {
  if (!publicKey_) {
    const EVP_MD* const digest = hmacDigestOf(algorithm);
    return digest != nullptr && verifyHmac(secret_, digest, text, signature);
  }
  if (isRsa(publicKey_.get())) {
    return algorithm == "RS256" && verifySha256(publicKey_.get(), text, signature);
  }
  const auto der = algorithm == "ES256" ? derOf(signature) : std::nullopt;
  return der && verifySha256(publicKey_.get(), text, *der);
}

}  // namespace mediadock::http
