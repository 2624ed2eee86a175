#include "storage/loading/plugin_file.h"

#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string fileRefusalOf(const std::filesystem::path& file) {
  try {
    checkPluginFile(file);
  } catch (const StorageError& error) {
    return error.what();
  }
  return "";
}

std::filesystem::path makeFile(const TempDirectory& folder, mode_t mode) {
  std::filesystem::path file = folder.path() / "libmediadock_shelf.so";
  std::ofstream(file) << "bytes";
  ::chmod(file.c_str(), mode);
  return file;
}

TEST(PluginNameOf, IsWhatStandsBetweenPrefixAndSuffix) {
  EXPECT_EQ(pluginNameOf("/a/libmediadock_shelf.so"), "shelf");
}

TEST(PluginNameOf, IsNothingForOtherFiles) {
  EXPECT_EQ(pluginNameOf("/a/libmediadock_.so"), std::nullopt);
  EXPECT_EQ(pluginNameOf("/a/libmediadock_core.so.0"), std::nullopt);
  EXPECT_EQ(pluginNameOf("/a/mediadock_shelf.so"), std::nullopt);
}

TEST(TrustProblem, IsNothingForRootsAndOurOwnFiles) {
  EXPECT_EQ(trustProblem(0, 0644, 1000), std::nullopt);
  EXPECT_EQ(trustProblem(1000, 0644, 1000), std::nullopt);
}

TEST(TrustProblem, NamesAForeignOwner) {
  EXPECT_THAT(trustProblem(1001, 0644, 1000).value_or(""),
              AllOf(HasSubstr("user 1000"), HasSubstr("user 1001")));
}

TEST(TrustProblem, IsThatOthersMayWrite) {
  EXPECT_THAT(trustProblem(0, 0646, 0).value_or(""), HasSubstr("writable by others"));
}

TEST(CheckPluginFile, GivesThePathWithLinksResolved) {
  const TempDirectory folder;
  const std::filesystem::path file = makeFile(folder, 0644);
  const std::filesystem::path link = folder.path() / "libmediadock_link.so";
  std::filesystem::create_symlink(file, link);

  EXPECT_EQ(checkPluginFile(link), file);
}

TEST(CheckPluginFile, RefusesARelativePath) {
  EXPECT_THAT(fileRefusalOf("libmediadock_shelf.so"), HasSubstr("expected an absolute path"));
}

TEST(CheckPluginFile, RefusesAMissingFile) {
  const TempDirectory folder;

  EXPECT_THAT(fileRefusalOf(folder.path() / "libmediadock_shelf.so"),
              HasSubstr("found none (No such file"));
}

TEST(CheckPluginFile, RefusesADirectory) {
  const TempDirectory folder;

  EXPECT_THAT(fileRefusalOf(folder.path()), HasSubstr("expected a regular file"));
}

TEST(CheckPluginFile, X79RefusesAFileThatOthersMayWrite) {
  const TempDirectory folder;

  EXPECT_THAT(fileRefusalOf(makeFile(folder, 0666)),
              HasSubstr("the file must not be writable by others"));
}

TEST(CheckPluginFile, X79RefusesAFileInAFolderThatOthersMayWrite) {
  const TempDirectory folder(0777);

  EXPECT_THAT(fileRefusalOf(makeFile(folder, 0644)),
              AllOf(HasSubstr("its folder"), HasSubstr("must not be writable by others")));
}

TEST(TrustProblem, IsThatTheGroupMayWrite) {
  EXPECT_THAT(trustProblem(0, 0664, 0).value_or(""), HasSubstr("writable by its group"));
}

TEST(CheckPluginFile, RefusesAFileThatItsGroupMayWrite) {
  const TempDirectory folder;

  EXPECT_THAT(fileRefusalOf(makeFile(folder, 0664)),
              HasSubstr("the file must not be writable by its group"));
}

TEST(CheckPluginFile, RefusesAFileInAFolderThatItsGroupMayWrite) {
  const TempDirectory folder(0770);

  EXPECT_THAT(fileRefusalOf(makeFile(folder, 0644)),
              AllOf(HasSubstr("its folder"), HasSubstr("must not be writable by its group")));
}

TEST(CheckPluginFile, FollowsNoLinkInAFolderThatOthersMayWrite) {
  const TempDirectory closed;
  const std::filesystem::path file = makeFile(closed, 0644);
  for (const mode_t mode : {mode_t{0777}, mode_t{0770}, mode_t{01777}}) {
    const TempDirectory open(mode);
    const std::filesystem::path link = open.path() / "libmediadock_link.so";
    std::filesystem::create_symlink(file, link);

    EXPECT_THAT(fileRefusalOf(link), AllOf(HasSubstr(open.path().string()),
                                           HasSubstr("of the link 'libmediadock_link.so'")))
        << std::oct << mode;
  }
}

TEST(CheckPluginFile, FollowsNoLinkToAFolderWhereOthersMayWrite) {
  const TempDirectory closed;
  makeFile(closed, 0644);
  const TempDirectory open(01777);
  std::filesystem::create_directory_symlink(closed.path(), open.path() / "plugins");

  EXPECT_THAT(fileRefusalOf(open.path() / "plugins" / "libmediadock_shelf.so"),
              HasSubstr("of the link 'plugins'"));
}

TEST(CheckPluginFile, RefusesAFileBelowAFolderThatOthersMayWrite) {
  const TempDirectory open(0777);
  const std::filesystem::path folder = open.path() / "plugins";
  std::filesystem::create_directory(folder);
  ::chmod(folder.c_str(), 0755);
  std::ofstream(folder / "libmediadock_shelf.so") << "bytes";

  EXPECT_THAT(fileRefusalOf(folder / "libmediadock_shelf.so"),
              AllOf(HasSubstr(open.path().string()), HasSubstr("above it must not be writable")));
}

TEST(CheckPluginFile, FollowsRelativeLinksAndDots) {
  const TempDirectory folder;
  const std::filesystem::path file = makeFile(folder, 0644);
  std::filesystem::create_directory(folder.path() / "links");
  ::chmod((folder.path() / "links").c_str(), 0755);
  std::filesystem::create_symlink("../libmediadock_shelf.so", folder.path() / "links" / "one");
  std::filesystem::create_symlink("./one", folder.path() / "links" / "two");

  EXPECT_EQ(checkPluginFile(folder.path() / "links" / "." / "two"), file);
}

TEST(CheckPluginFile, RefusesLinksThatGoRound) {
  const TempDirectory folder;
  const std::filesystem::path link = folder.path() / "libmediadock_round.so";
  std::filesystem::create_symlink(link, link);

  EXPECT_THAT(fileRefusalOf(link), HasSubstr("too many links"));
}

TEST(CheckPluginFile, JudgesTheFolderOfTheRealFile) {
  const TempDirectory open(0777);
  const TempDirectory closed;
  const std::filesystem::path link = closed.path() / "libmediadock_link.so";
  std::filesystem::create_symlink(makeFile(open, 0644), link);

  EXPECT_THAT(fileRefusalOf(link), HasSubstr(open.path().string()));
}

/// Root may read everything; a child without privileges may not.
void exitWithWhetherRefusedAsUnreadable(const std::filesystem::path& file) {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() == 0 && ::setuid(kNobody) != 0) {
    ::_exit(2);
  }
  const bool isRefused = fileRefusalOf(file).find("cannot be read") != std::string::npos;
  ::_exit(isRefused ? 0 : 1);
}

TEST(CheckPluginFile, RefusesAFileThatWeCannotRead) {
  const TempDirectory folder(0755);
  const std::filesystem::path file = makeFile(folder, 0000);

  EXPECT_EXIT(exitWithWhetherRefusedAsUnreadable(file), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace mediadock::storage
