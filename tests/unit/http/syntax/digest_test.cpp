#include "http/syntax/digest.h"

#include <gtest/gtest.h>

#include <optional>

namespace mediadock::http {
namespace {

TEST(Digest, HashesAsFips180Says) {
  EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base64, DecodesOnlyItsAlphabet) {
  EXPECT_EQ(decodeBase64("Zg==", Base64Alphabet::Standard), "f");
  EXPECT_EQ(decodeBase64("Zm9vYg==", Base64Alphabet::Standard), "foob");
  EXPECT_EQ(decodeBase64("Zg", Base64Alphabet::Url), "f");
  EXPECT_EQ(decodeBase64("Zh", Base64Alphabet::Url), std::nullopt);
  EXPECT_EQ(decodeBase64("Z", Base64Alphabet::Url), std::nullopt);
  EXPECT_EQ(decodeBase64("Z+==", Base64Alphabet::Url), std::nullopt);
  EXPECT_EQ(decodeBase64("Zg=", Base64Alphabet::Standard), std::nullopt);
}

}  // namespace
}  // namespace mediadock::http
