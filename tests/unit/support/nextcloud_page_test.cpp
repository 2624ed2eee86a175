/// \file
/// docs/nextcloud.md names a test for each trouble: each of them has to exist.

#include "named_tests.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

TEST(NextcloudPage, HasARowForEachTrouble) {
  const std::string page = readWhole(MEDIADOCK_DOCS "/nextcloud.md");

  EXPECT_EQ(findAll(page, R"re(\n\| (\d{1,2}) \|)re").size(), 41U + 28U);
}

TEST(NextcloudPage, NamesTestsThatExist) {
  const std::string page = readWhole(MEDIADOCK_DOCS "/nextcloud.md");
  const std::set<std::string> tests = testsIn(MEDIADOCK_TESTS);
  const auto named = findAll(page, R"re(`([A-Z]\w+\.[A-Z]\w+)`)re");

  EXPECT_GT(named.size(), 50U);
  for (const std::string& name : named) {
    EXPECT_TRUE(tests.contains(name)) << name;
  }
}

}  // namespace
}  // namespace mediadock
