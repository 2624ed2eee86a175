#include "media/direction_rule.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

std::optional<Direction> directionOfText(const char* folder) {
  return directionOf(StoragePath::parse(folder));
}

TEST(DirectionRule, FollowsTheLastFolder) {
  EXPECT_EQ(directionOfText("05_Customers/ACME/Sent Media"), Direction::Sent);
  EXPECT_EQ(directionOfText("05_Customers/ACME/Received Media"), Direction::Received);
  EXPECT_EQ(directionOfText("Internal"), Direction::Internal);
}

TEST(DirectionRule, IsSilentElsewhere) {
  EXPECT_EQ(directionOfText("Sent Media/2024"), std::nullopt);
  EXPECT_EQ(directionOfText("Unsent Media"), std::nullopt);
  EXPECT_EQ(directionOf(StoragePath()), std::nullopt);
}

}  // namespace
}  // namespace mediadock
