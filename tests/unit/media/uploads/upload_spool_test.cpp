#include "media/uploads/upload_spool.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::media {
namespace {

std::string read(const SpooledFile& file, std::uint64_t offset, std::size_t size) {
  std::string text(size, '\0');
  text.resize(file.read(offset, std::as_writable_bytes(std::span(text))));
  return text;
}

std::vector<std::byte> bytes(std::size_t count) {
  return std::vector<std::byte>(count, std::byte{'x'});
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
    auto file = spool.create();
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

TEST_F(UploadSpoolTest, KeepsItsFolderAndItsFilesToItself) {
  const auto file = spool.create();

  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(directory).permissions(), perms::owner_all);
  EXPECT_EQ(std::filesystem::status(directory / file.name()).permissions(),
            perms::owner_read | perms::owner_write);
}

TEST_F(UploadSpoolTest, CountsWhatIsThereAndNothingElse) {
  auto one = spool.create();
  auto other = spool.create();
  one.write(0, bytes(60));
  EXPECT_THAT([&] { other.write(0, bytes(41)); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  other.write(0, bytes(40));
  other.write(10, bytes(30));  // Written over: nothing more.
  EXPECT_THAT([&] { other.write(40, bytes(1)); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  spool.remove(one.name());

  other.write(40, bytes(60));
}

TEST_F(UploadSpoolTest, GivesBackWhatIsCutOff) {
  auto one = spool.create();
  auto other = spool.create();
  one.write(0, bytes(100));

  one.cut(30);

  EXPECT_EQ(read(one, 0, 100).size(), 30U);
  other.write(0, bytes(70));
  EXPECT_THAT([&] { one.write(30, bytes(1)); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
}

TEST_F(UploadSpoolTest, CountsTheFilesOfOtherHosts) {
  UploadSpool neighbour(directory, 100);
  auto theirs = neighbour.create();
  theirs.write(0, bytes(80));
  auto ours = spool.create();

  EXPECT_THAT([&] { ours.write(0, bytes(21)); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  ours.write(0, bytes(20));
  neighbour.remove(theirs.name());
  ours.write(20, bytes(80));
}

TEST_F(UploadSpoolTest, RefusesEarlyOnlyWhatNeverFits) {
  spool.create().write(0, bytes(60));

  spool.requireRoom(100);

  EXPECT_THAT([&] { spool.requireRoom(101); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
}

TEST_F(UploadSpoolTest, LetsOneAtATimeWriteAFile) {
  auto file = std::optional(spool.create());
  UploadSpool neighbour(directory, 100);

  EXPECT_THAT([&] { neighbour.open(file->name()); }, ThrowsStorageError(StorageErrc::Locked));
  const auto name = file->name();
  file.reset();

  EXPECT_TRUE(neighbour.open(name));
}

TEST_F(UploadSpoolTest, HasNothingUnderNamesThatAreNotItsOwn) {
  spool.create();
  { std::ofstream(folder.path() / "file") << "secret"; }

  for (const char* name : {"", "../../file", "/etc/passwd", "0123456789abcdef", "."}) {
    EXPECT_FALSE(spool.open(name)) << name;
    spool.remove(name);
  }
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "file"));
}

TEST_F(UploadSpoolTest, SweepsWhatNobodyTouchedForLong) {
  const auto old = spool.create().name();
  const auto young = spool.create().name();
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
}  // namespace mediadock::media
