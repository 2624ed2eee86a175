#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace mediadock {
namespace {

TEST(TempDirectory, IsGoneWithItsContentsAtTheEnd) {
  std::filesystem::path path;
  {
    const TempDirectory directory;
    path = directory.path();
    std::filesystem::create_directories(path / "deep" / "er");
    std::ofstream(path / "deep" / "file") << "x";
    ASSERT_TRUE(std::filesystem::exists(path / "deep" / "file"));
  }

  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TempDirectory, IsPrivateUnlessToldOtherwise) {
  const TempDirectory closed;
  const TempDirectory open(0755);

  struct stat status {};

  ASSERT_EQ(::stat(closed.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700U);
  ASSERT_EQ(::stat(open.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0755U);
}

}  // namespace
}  // namespace mediadock
