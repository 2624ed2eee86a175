#include "files/write_token.h"

#include <gtest/gtest.h>

namespace mediadock::localdisk {
namespace {

TEST(WriteToken, IsReadAsItWasMade) {
  const auto token = parseWriteToken(makeWriteToken({.file = "0af.kept", .offset = 1234567890123}));

  ASSERT_TRUE(token);
  EXPECT_EQ(token->file, "0af.kept");
  EXPECT_EQ(token->offset, 1234567890123U);
}

class ForeignWriteToken : public testing::TestWithParam<const char*> {};

TEST_P(ForeignWriteToken, IsNone) {
  EXPECT_FALSE(parseWriteToken(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Texts, ForeignWriteToken,
                         testing::Values("", "@", "0af.kept", "0af.kept@", "0af.kept@-1",
                                         "0af.kept@1x", "0af.kept@99999999999999999999", ".kept@1",
                                         "0af.part@1", "../0af.kept@1", "a/b.kept@1",
                                         "0AF.kept@1"));

}  // namespace
}  // namespace mediadock::localdisk
