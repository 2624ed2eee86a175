#include "http/access/secret.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <string_view>

namespace mediadock::http {
namespace {

/// As OpenSSL's function of one call computes it.
std::string hmacSha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return {digest.begin(), digest.begin() + size};
}

TEST(HmacKey, SignsAsAnHmacDoesWhateverTheLengths) {
  for (const std::size_t keySize : {0U, 1U, 32U, 63U, 64U, 65U, 200U}) {
    const std::string key(keySize, 'k');
    const HmacKey prepared(key);
    for (const std::size_t size : {0U, 1U, 55U, 56U, 64U, 1000U}) {
      const std::string text(size, 't');
      EXPECT_EQ(prepared.sign({text}), hmacSha256(key, text)) << keySize << " and " << size;
    }
  }
}

TEST(HmacKey, SignsPiecesAsTheirWhole) {
  const HmacKey key("key");

  EXPECT_EQ(key.sign({"a", "", "bc"}), hmacSha256("key", "abc"));
  EXPECT_EQ(key.sign({"a", "", "bc"}), key.sign({"abc"})) << "also the second time";
}

}  // namespace
}  // namespace mediadock::http
