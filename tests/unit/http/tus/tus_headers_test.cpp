#include "http/tus/tus_headers.h"

#include "http/syntax/problem_exception.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(ParseTusNumber, TakesDigitsAlone) {
  EXPECT_EQ(parseTusNumber("0"), 0U);
  EXPECT_EQ(parseTusNumber("17179869184"), 17179869184U);
  EXPECT_EQ(parseTusNumber("9223372036854775807"), 9223372036854775807U);
  for (const char* bad : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "1e3", "9223372036854775808",
                          "99999999999999999999"}) {
    EXPECT_EQ(parseTusNumber(bad), std::nullopt) << bad;
  }
}

TEST(ParseTusMetadata, DecodesThePairsInTheirOrder) {
  EXPECT_THAT(parseTusMetadata("filename cGhvdG8uanBn,is_private,empty "),
              testing::Optional(ElementsAre(Pair("filename", "photo.jpg"), Pair("is_private", ""),
                                            Pair("empty", ""))));
  EXPECT_THAT(parseTusMetadata("a YQ==, b Yg=="),
              testing::Optional(ElementsAre(Pair("a", "a"), Pair("b", "b"))));
  EXPECT_THAT(parseTusMetadata(""), testing::Optional(IsEmpty()));
}

TEST(ParseTusMetadata, KeepsAnyByteOfAValue) {
  EXPECT_THAT(parseTusMetadata("a AP8K"),
              testing::Optional(ElementsAre(Pair("a", std::string("\0\xFF\n", 3)))));
}

class BadTusMetadata : public testing::TestWithParam<const char*> {};

TEST_P(BadTusMetadata, IsRefused) {
  EXPECT_EQ(parseTusMetadata(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts, BadTusMetadata,
                         testing::Values(",", "a YQ==,", ",a YQ==", "a YQ==,,b Yg==", "a YQ",
                                         "a Y_-=", "a YQ== YQ==", "a  YQ==", "a YQ==,a Yg==",
                                         "\xC3\xA9 YQ==", "a\tYQ==", "a Y"));

TEST(ParseTusMetadata, TakesNoMoreThan64Pairs) {
  std::string text = "k0";
  for (int i = 1; i < 64; ++i) {
    text += ",k" + std::to_string(i);
  }
  EXPECT_TRUE(parseTusMetadata(text));
  EXPECT_FALSE(parseTusMetadata(text + ",more"));
}

TEST(ParseTusChecksum, TakesBothAlgorithms) {
  const auto sha1 = parseTusChecksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
  const auto sha256 = parseTusChecksum("sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=");

  ASSERT_TRUE(sha1 && sha256);
  EXPECT_EQ(sha1->algorithm, "sha1");
  EXPECT_EQ(sha1->digest.size(), 20U);
  EXPECT_EQ(sha256->digest.size(), 32U);
}

class BadTusChecksum : public testing::TestWithParam<const char*> {};

TEST_P(BadTusChecksum, IsRefused) {
  EXPECT_FALSE(parseTusChecksum(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Texts, BadTusChecksum,
                         testing::Values("", "sha1", "sha1 ", "md5 1B2M2Y8AsgTpgAmY7PhCfg==",
                                         "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                                         "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0", "sha1 AAAA",
                                         "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0="));

TEST(SingleHeader, StandsAtMostOnce) {
  Headers headers;
  headers.add("Upload-Offset", "1");
  EXPECT_EQ(singleHeader(headers, "upload-offset"), "1");
  EXPECT_EQ(singleHeader(headers, "Upload-Length"), std::nullopt);
  headers.add("upload-offset", "2");

  EXPECT_THROW(singleHeader(headers, "Upload-Offset"), ProblemException);
}

}  // namespace
}  // namespace mediadock::http
