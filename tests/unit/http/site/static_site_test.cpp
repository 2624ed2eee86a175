#include "http/site/static_site.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

class ReadStaticSite : public testing::Test {
 protected:
  ReadStaticSite() { add("index.html", "<!doctype html>"); }

  void add(const std::string& name, const std::string& bytes) const {
    const auto file = root() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }

  std::filesystem::path root() const { return home.path() / "dist"; }

  std::vector<std::string> paths() const {
    std::vector<std::string> found;
    for (const StaticFile& file : readStaticSite(root())) {
      found.push_back(file.path);
    }
    return found;
  }

  StaticFile file(const std::string& path) const {
    const auto site = readStaticSite(root());
    const auto found = std::find_if(site.begin(), site.end(),
                                    [&](const StaticFile& each) { return each.path == path; });
    return found == site.end() ? StaticFile{} : *found;
  }

  TempDirectory home;
};

TEST_F(ReadStaticSite, FindsFilesInAllFolders) {
  add("assets/app-1.js", "1");
  add("assets/fonts/a.woff2", "2");
  add("empty.txt", "");

  EXPECT_THAT(paths(), UnorderedElementsAre("/index.html", "/assets/app-1.js",
                                            "/assets/fonts/a.woff2", "/empty.txt"));
}

TEST_F(ReadStaticSite, LeavesOutNamesThatBeginWithADot) {
  add(".env", "secret");
  add(".git/config", "secret");
  add("assets/.map", "secret");

  EXPECT_THAT(paths(), UnorderedElementsAre("/index.html"));
}

TEST_F(ReadStaticSite, LeavesOutLinksAndPipes) {
  std::ofstream(home.path() / "outside.txt") << "secret";
  std::filesystem::create_directory(home.path() / "folder");
  std::ofstream(home.path() / "folder" / "outside.txt") << "secret";
  std::filesystem::create_symlink("../outside.txt", root() / "file.txt");
  std::filesystem::create_directory_symlink("../folder", root() / "folder");
  ASSERT_EQ(::mkfifo((root() / "pipe.txt").c_str(), 0600), 0);

  EXPECT_THAT(paths(), UnorderedElementsAre("/index.html"));
}

TEST_F(ReadStaticSite, TakesALinkToTheFolderItself) {
  std::filesystem::create_directory_symlink("dist", home.path() / "link");

  EXPECT_EQ(readStaticSite(home.path() / "link").size(), 1U);
}

TEST_F(ReadStaticSite, TellsAFilesVersionByItsBytes) {
  const ETag before = file("/index.html").etag;
  add("index.html", "<!doctype html><p>");

  EXPECT_NE(file("/index.html").etag, before);
  EXPECT_FALSE(before.isWeak);
}

TEST_F(ReadStaticSite, KnowsWhichNamesChangeWithTheirBytes) {
  add("assets/app-1.js", "1");
  add("sub/assets/app-1.js", "1");

  EXPECT_TRUE(file("/assets/app-1.js").isImmutable);
  EXPECT_FALSE(file("/sub/assets/app-1.js").isImmutable);
  EXPECT_FALSE(file("/index.html").isImmutable);
}

TEST_F(ReadStaticSite, RefusesAFolderThatIsNoPage) {
  std::filesystem::create_directory(home.path() / "other");

  EXPECT_THAT([&] { readStaticSite(home.path() / "other"); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
  EXPECT_THAT([&] { readStaticSite(home.path() / "missing"); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadStaticSite, RefusesMoreThanMayBeKeptInMemory) {
  add("large.bin", "");
  std::filesystem::resize_file(root() / "large.bin", (64U << 20U) + 1);

  EXPECT_THAT([&] { readStaticSite(root()); },
              testing::Throws<StorageError>(
                  testing::Property(&StorageError::what, HasSubstr("larger than 64 MiB"))));
}

struct TypeCase {
  const char* name;
  const char* file;
  const char* type;
};

class StaticFileType : public ReadStaticSite, public testing::WithParamInterface<TypeCase> {};

TEST_P(StaticFileType, FollowsTheName) {
  add(GetParam().file, "x");

  EXPECT_EQ(file("/" + std::string(GetParam().file)).contentType, GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(
    Types, StaticFileType,
    testing::Values(TypeCase{"Html", "index.html", "text/html; charset=utf-8"},
                    TypeCase{"Script", "a.js", "text/javascript; charset=utf-8"},
                    TypeCase{"Style", "a.css", "text/css; charset=utf-8"},
                    TypeCase{"Json", "a.json", "application/json"},
                    TypeCase{"Map", "a.js.map", "application/json"},
                    TypeCase{"Text", "robots.txt", "text/plain; charset=utf-8"},
                    TypeCase{"Manifest", "a.webmanifest", "application/manifest+json"},
                    TypeCase{"Svg", "a.svg", "image/svg+xml"},
                    TypeCase{"Png", "a.png", "image/png"}, TypeCase{"Webp", "a.webp", "image/webp"},
                    TypeCase{"Icon", "favicon.ico", "image/vnd.microsoft.icon"},
                    TypeCase{"Font", "a.woff2", "font/woff2"},
                    TypeCase{"Unknown", "LICENSE", "application/octet-stream"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock::http
