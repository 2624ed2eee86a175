#include "base/random.h"

#include <gtest/gtest.h>

namespace mediadock::base {
namespace {

TEST(RandomBytes, AreAsManyAsAskedFor) {
  EXPECT_EQ(randomBytes(0).size(), 0U);
  EXPECT_EQ(randomBytes(1000).size(), 1000U);
}

TEST(RandomBytes, AreOthersEachTime) {
  EXPECT_NE(randomBytes(16), randomBytes(16));
}

TEST(RandomBits, AreOthersEachTime) {
  EXPECT_NE(randomBits(), randomBits());
}

}  // namespace
}  // namespace mediadock::base
