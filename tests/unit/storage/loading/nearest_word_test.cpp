#include "storage/loading/nearest_word.h"

#include <gtest/gtest.h>

#include <vector>

namespace mediadock::storage {
namespace {

const std::vector<std::string> kKeys = {"password", "url", "username"};

TEST(NearestWord, IsTheOneWithTheFewestEdits) {
  EXPECT_EQ(nearestWord("pasword", kKeys), "password");
  EXPECT_EQ(nearestWord("user_name", kKeys), "username");
  EXPECT_EQ(nearestWord("uri", kKeys), "url");
}

TEST(NearestWord, IsTheFirstOfEquallyNearOnes) {
  const std::vector<std::string> words = {"bat", "cat"};

  EXPECT_EQ(nearestWord("hat", words), "bat");
}

TEST(NearestWord, IsTheWordItselfWhereItIsKnown) {
  EXPECT_EQ(nearestWord("url", kKeys), "url");
}

TEST(NearestWord, IsTheShortestForAnEmptyWord) {
  EXPECT_EQ(nearestWord("", kKeys), "url");
}

TEST(NearestWord, IsNothingWhereNoneIsKnown) {
  EXPECT_EQ(nearestWord("url", {}), std::nullopt);
}

}  // namespace
}  // namespace mediadock::storage
