#include "media/upload_spool.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace mediadock {
namespace {

std::string read(const SpooledFile& file, std::uint64_t offset, std::size_t size) {
  std::string text(size, '\0');
  text.resize(file.read(offset, std::as_writable_bytes(std::span(text))));
  return text;
}

class UploadSpoolTest : public testing::Test {
 protected:
  std::size_t fileCount() const {
    const std::filesystem::directory_iterator files(directory);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  TempDirectory folder;
  std::filesystem::path directory = folder.path() / "not" / "made";
  UploadSpool spool{directory, 100};
};

TEST_F(UploadSpoolTest, KeepsBytesForWhoeverOpensTheFileAgain) {
  std::string name;
  {
    auto file = spool.create(10);
    file.write(0, std::as_bytes(std::span("hello", 5)));
    file.write(5, std::as_bytes(std::span("world", 5)));
    file.sync();
    name = file.name();
  }

  UploadSpool other(directory, 100);
  const auto file = other.open(name);

  ASSERT_TRUE(file);
  EXPECT_EQ(read(*file, 0, 100), "helloworld");
  EXPECT_EQ(read(*file, 5, 3), "wor");
}

TEST_F(UploadSpoolTest, CountsWhatWasPromisedNotWhatCame) {
  const auto name = spool.create(60).name();

  EXPECT_THAT([&] { spool.create(41); }, ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_EQ(fileCount(), 1U);
  spool.create(40);
  spool.remove(name);
  spool.create(60);
  spool.create(0);
}

TEST_F(UploadSpoolTest, HasNothingUnderNamesThatAreNotItsOwn) {
  spool.create(1);
  { std::ofstream(folder.path() / "file") << "secret"; }

  for (const char* name : {"", "../../file", "/etc/passwd", "0123456789abcdef", "."}) {
    EXPECT_FALSE(spool.open(name)) << name;
    spool.remove(name);
  }
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "file"));
}

TEST_F(UploadSpoolTest, SweepsWhatNobodyTouchedForLong) {
  const auto old = spool.create(1).name();
  const auto young = spool.create(1).name();
  std::filesystem::last_write_time(
      directory / old, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  { std::ofstream(directory / "foreign.txt") << "x"; }
  std::filesystem::last_write_time(
      directory / "foreign.txt",
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));

  spool.sweep(std::chrono::hours(1));

  EXPECT_FALSE(spool.open(old));
  EXPECT_TRUE(spool.open(young));
  EXPECT_TRUE(std::filesystem::exists(directory / "foreign.txt"));
}

TEST_F(UploadSpoolTest, SweepsNothingWhereThereIsNoFolder) {
  spool.sweep(std::chrono::hours(1));

  EXPECT_FALSE(std::filesystem::exists(directory));
}

}  // namespace
}  // namespace mediadock
