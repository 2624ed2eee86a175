#include "http/digest.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

constexpr std::string_view kHex =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kField = "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";

TEST(Digest, HashesAsFips180Says) {
  EXPECT_EQ(sha256Hex("abc"), kHex);
}

TEST(Digest, WritesReprDigest) {
  EXPECT_EQ(reprDigest(kHex), kField);
  EXPECT_EQ(reprDigest("none"), "");
}

TEST(ContentDigest, U28FindsTheSha256AmongOthers) {
  EXPECT_EQ(contentDigestSha256(kField), kHex);
  EXPECT_EQ(contentDigestSha256("sha-512=:AAAA:, " + std::string(kField)), kHex);
  EXPECT_EQ(contentDigestSha256("sha-512=:AAAA:"), std::nullopt);
}

TEST(ContentDigest, RefusesASha256ThatIsNotWellFormed) {
  EXPECT_THAT([] { contentDigestSha256("sha-256=:AAAA:"); }, ThrowsProblem(400));
  EXPECT_THAT([] { contentDigestSha256("sha-256=AAAA"); }, ThrowsProblem(400));
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
}  // namespace mediadock
