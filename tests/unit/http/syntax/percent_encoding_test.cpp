#include "http/syntax/percent_encoding.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

TEST(PercentDecode, B07KeepsPlusApartFromItsCodeAndFromTheSpace) {
  EXPECT_EQ(percentDecode("a+b", PlusSign::Space), "a b");
  EXPECT_EQ(percentDecode("a%2Bb", PlusSign::Space), "a+b");
  EXPECT_EQ(percentDecode("a%20b", PlusSign::Space), "a b");
  EXPECT_EQ(percentDecode("a+b", PlusSign::Literal), "a+b");
}

TEST(PercentDecode, X02DecodesOnce) {
  EXPECT_EQ(percentDecode("%252e%252e%252fetc", PlusSign::Space), "%2e%2e%2fetc");
}

class PercentDecodeRefuses : public testing::TestWithParam<const char*> {};

TEST_P(PercentDecodeRefuses, B08P20WhatIsNotWellFormed) {
  EXPECT_EQ(percentDecode(GetParam(), PlusSign::Space), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(All, PercentDecodeRefuses,
                         testing::Values("%zz", "%", "%4", "a%", "%00", "%C0%AE", "%ED%A0%80",
                                         "%FF", "%-1", "% 1", "%+1"));

TEST(PercentEncode, EncodesAllButTheUnreserved) {
  EXPECT_EQ(percentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percentEncode("a/b #50%+\"№"), "a%2Fb%20%2350%25%2B%22%E2%84%96");
}

TEST(PercentEncode, IsUndoneByDecoding) {
  const std::string name = "Φωτό №1 50% #2.png";

  EXPECT_EQ(percentDecode(percentEncode(name), PlusSign::Space), name);
}

}  // namespace
}  // namespace mediadock::http
