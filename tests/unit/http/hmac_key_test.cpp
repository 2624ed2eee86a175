#include "http/hmac_key.h"

#include "http/hmac.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock {
namespace {

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
}  // namespace mediadock
