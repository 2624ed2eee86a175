#include "http/logs/appended_file.h"

#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <vector>

namespace mediadock::http {
namespace {

class AppendedFileTest : public testing::Test {
 protected:
  static std::string contentOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  TempDirectory folder;
  std::filesystem::path path = folder.path() / "audit.log";
};

TEST_F(AppendedFileTest, KeepsWhatItHasAndAddsLines) {
  std::ofstream(path) << "before\n";
  AppendedFile file(path);

  file.append("first");
  file.append("second");

  EXPECT_EQ(contentOf(path), "before\nfirst\nsecond\n");
}

TEST_F(AppendedFileTest, IsNotForOthers) {
  const AppendedFile file(path);

  struct stat status {};

  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0137U, 0U);
}

TEST_F(AppendedFileTest, GoesOnInANewFileWhereItWasRenamed) {
  AppendedFile file(path);
  file.append("first");
  std::filesystem::rename(path, folder.path() / "audit.log.1");

  file.append("second");

  EXPECT_EQ(contentOf(folder.path() / "audit.log.1"), "first\n");
  EXPECT_EQ(contentOf(path), "second\n");
}

TEST_F(AppendedFileTest, GoesOnInANewFileWhereItWasRemovedOrReplaced) {
  AppendedFile file(path);
  std::filesystem::remove(path);
  file.append("first");
  std::filesystem::remove(path);
  std::ofstream(path) << "another\n";

  file.append("second");

  EXPECT_EQ(contentOf(path), "another\nsecond\n");
}

TEST_F(AppendedFileTest, StartsAnewWhereItWasTruncated) {
  AppendedFile file(path);
  file.append("first");
  std::filesystem::resize_file(path, 0);

  file.append("second");

  EXPECT_EQ(contentOf(path), "second\n");
}

TEST_F(AppendedFileTest, SaysWhyItCannotBe) {
  EXPECT_THROW(AppendedFile(folder.path() / "missing" / "audit.log"), std::system_error);
  AppendedFile full("/dev/full");

  EXPECT_THROW(full.append("first"), std::system_error);
}

TEST_F(AppendedFileTest, TriesAgainWithTheNextLine) {
  const auto inner = folder.path() / "inner";
  std::filesystem::create_directory(inner);
  AppendedFile file(inner / "audit.log");
  std::filesystem::remove_all(inner);
  EXPECT_THROW(file.append("first"), std::system_error);
  std::filesystem::create_directory(inner);

  file.append("second");

  EXPECT_EQ(contentOf(inner / "audit.log"), "second\n");
}

TEST_F(AppendedFileTest, TakesLinesFromManyThreadsAndFiles) {
  constexpr int kLines = 200;
  AppendedFile one(path);
  AppendedFile other(path);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int line = 0; line < kLines; ++line) {
        (thread % 2 == 0 ? one : other).append(std::to_string(thread) + "-" + std::to_string(line));
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }

  std::set<std::string> lines;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    EXPECT_TRUE(lines.insert(line).second) << line;
  }
  EXPECT_EQ(lines.size(), 4U * kLines);
  EXPECT_TRUE(lines.contains("3-199"));
}

}  // namespace
}  // namespace mediadock::http
