#include "http/syntax/content_digest.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {
namespace {

constexpr std::string_view kHash =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kField = "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";

TEST(Digest, WritesReprDigest) {
  EXPECT_EQ(reprDigest(kHash), kField);
  EXPECT_EQ(reprDigest("none"), "");
}

TEST(ContentDigest, U28FindsTheSha256AmongOthers) {
  EXPECT_EQ(contentDigestSha256(kField), kHash);
  EXPECT_EQ(contentDigestSha256("sha-512=:AAAA:, " + std::string(kField)), kHash);
  EXPECT_EQ(contentDigestSha256("sha-512=:AAAA:"), std::nullopt);
}

TEST(ContentDigest, RefusesASha256ThatIsNotWellFormed) {
  EXPECT_THAT([] { contentDigestSha256("sha-256=:AAAA:"); }, ThrowsProblem(400));
  EXPECT_THAT([] { contentDigestSha256("sha-256=AAAA"); }, ThrowsProblem(400));
}

}  // namespace
}  // namespace mediadock::http
