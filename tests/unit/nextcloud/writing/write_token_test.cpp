#include "writing/write_token.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

const std::string kRandom = "0123456789abcdef0123456789abcdef";
const std::string kSuspendedFolder = "mediadock-kept-" + kRandom;

TEST(WriteToken, ComesBackAsItWasGiven) {
  const auto token = parseWriteToken(makeWriteToken(
      {.folder = kSuspendedFolder, .last = 10000, .superseded = 9999, .bytes = 123456789012}));

  ASSERT_TRUE(token);
  EXPECT_EQ(token->folder, kSuspendedFolder);
  EXPECT_EQ(token->last, 10000U);
  EXPECT_EQ(token->superseded, 9999U);
  EXPECT_EQ(token->bytes, 123456789012U);
}

TEST(WriteToken, MayNameAFolderThatWasMadeForAPlainUpload) {
  EXPECT_TRUE(parseWriteToken("mediadock-" + kRandom + ":1:0:5"));
}

class ForgedToken : public testing::TestWithParam<std::string> {};

TEST_P(ForgedToken, IsNone) {
  EXPECT_FALSE(parseWriteToken(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Each, ForgedToken,
    testing::Values("", ":", ":::", kSuspendedFolder, kSuspendedFolder + ":1:0",
                    kSuspendedFolder + ":1:0:", kSuspendedFolder + ":1:0:5:",
                    kSuspendedFolder + ":1:0:5 ", " " + kSuspendedFolder + ":1:0:5",
                    kSuspendedFolder + ":01:0:5", kSuspendedFolder + ":-1:0:5",
                    kSuspendedFolder + ":+1:0:5", kSuspendedFolder + ":10001:0:5",
                    kSuspendedFolder + ":1:2:5", kSuspendedFolder + ":1:0:99999999999999999999",
                    "mediadock-kept-:1:0:5", "mediadock-kept-" + kRandom + "0:1:0:5",
                    "mediadock-kept-../../files/console/aaaaaaaaaaa:1:0:5",
                    "mediadock-kept-0123456789abcdef0123456789abcde.:1:0:5",
                    "mediadock-kept-0123456789ABCDEF0123456789ABCDEF:1:0:5",
                    "web-file-upload-" + kRandom + ":1:0:5", "../mediadock-" + kRandom + ":1:0:5",
                    kRandom + ":1:0:5", "spool:" + kRandom));

}  // namespace
}  // namespace mediadock::nextcloud
