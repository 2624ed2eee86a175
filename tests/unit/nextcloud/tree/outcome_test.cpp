#include "tree/outcome.h"

#include <gtest/gtest.h>

#include <limits>

namespace mediadock::nextcloud {
namespace {

constexpr std::uint64_t kMebibyte = 1048576;

TEST(WorkTime, GrowsWithTheSize_Problem03_Problem35) {
  EXPECT_EQ(workTime(1000), std::chrono::seconds(0));
  EXPECT_EQ(workTime(100 * kMebibyte), std::chrono::seconds(10));
  EXPECT_EQ(workTime(10240 * kMebibyte), std::chrono::seconds(1024));
}

TEST(WorkTime, IsNoLongerThanPhpMayRun_Problem03) {
  EXPECT_EQ(workTime(std::numeric_limits<std::uint64_t>::max()), std::chrono::hours(1));
}

}  // namespace
}  // namespace mediadock::nextcloud
