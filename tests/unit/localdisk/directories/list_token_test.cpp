#include "directories/list_token.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::localdisk {
namespace {

const StoragePath kFolder = StoragePath::parse("a/b");

TEST(ListToken, GivesItsNameBack) {
  const std::string name = "Φωτό \xF0\x9F\x98\x80 50%";

  EXPECT_EQ(parseListToken(kFolder, makeListToken(kFolder, name)), name);
}

TEST(ListToken, IsForItsOwnFolderOnly) {
  const auto token = makeListToken(kFolder, "x");

  EXPECT_EQ(parseListToken(StoragePath::parse("a"), token), std::nullopt);
  EXPECT_EQ(parseListToken(StoragePath(), token), std::nullopt);
}

class ForeignListToken : public ::testing::TestWithParam<std::string> {};

TEST_P(ForeignListToken, IsRefused) {
  EXPECT_EQ(parseListToken(kFolder, GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts, ForeignListToken,
                         ::testing::Values("x", "ld1-", "1000", "ld1-000000000000000078",
                                           "ld1-00000000000000007", "ld1-zzzzzzzzzzzzzzzz78",
                                           makeListToken(kFolder, "x") + "79",
                                           "x" + makeListToken(kFolder, "x"),
                                           makeListToken(kFolder, "")));

}  // namespace
}  // namespace mediadock::localdisk
