#include "dav/dav_urls.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

DavUrls urls() {
  return {{.isTls = true, .host = "cloud.example.test", .port = 443},
          {"remote.php", "dav", "files", "console", "C R M"},
          3};
}

TEST(DavUrls, EncodesEachReservedCharacterOfAName) {
  const auto path = StoragePath::parse("a b/#1?x=50%&c;d+e:f@g.jpg");

  EXPECT_EQ(urls().target(path),
            "/remote.php/dav/files/console/C%20R%20M/a%20b/"
            "%231%3Fx%3D50%25%26c%3Bd%2Be%3Af%40g.jpg");
}

TEST(DavUrls, AddsASlashBehindCollectionsOnly) {
  const auto path = StoragePath::parse("a");

  EXPECT_TRUE(urls().target(path).ends_with("/a"));
  EXPECT_TRUE(urls().collectionTarget(path).ends_with("/a/"));
}

struct Href {
  const char* name;
  const char* text;
  const char* path;
};

class ResolvableHref : public testing::TestWithParam<Href> {};

TEST_P(ResolvableHref, NamesItsPath) {
  const auto path = urls().resolve(GetParam().text);

  ASSERT_TRUE(path);
  EXPECT_EQ(path->str(), GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(
    DavUrls, ResolvableHref,
    testing::Values(
        Href{"LowerCaseHex", "/remote.php/dav/files/console/C%20R%20M/%ce%a6.png", "Φ.png"},
        Href{"UpperCaseHex", "/remote.php/dav/files/console/C%20R%20M/%CE%A6.png", "Φ.png"},
        Href{"BareCharacters", "/remote.php/dav/files/console/C R M/12:30(@).jpg", "12:30(@).jpg"},
        Href{"FolderWithSlash", "/remote.php/dav/files/console/C%20R%20M/a/", "a"},
        Href{"Root", "/remote.php/dav/files/console/C%20R%20M", ""},
        Href{"OtherHost", "http://10.0.0.1:81/remote.php/dav/files/console/C%20R%20M/a", "a"},
        Href{"UserInOtherCase", "/remote.php/dav/files/CONSOLE/C%20R%20M/a", "a"},
        Href{"NameThatLooksEncoded", "/remote.php/dav/files/console/C%20R%20M/test%2546.txt",
             "test%46.txt"},
        Href{"PlusIsNoSpace", "/remote.php/dav/files/console/C%20R%20M/a+b", "a+b"}),
    [](const auto& tested) { return tested.param.name; });

class ForeignHref : public testing::TestWithParam<const char*> {};

TEST_P(ForeignHref, NamesNothing) {
  EXPECT_FALSE(urls().resolve(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(DavUrls, ForeignHref,
                         testing::Values("/remote.php/dav/files/console/C%20R%20M2/a",
                                         "/remote.php/dav/files/console/c%20r%20m/a",
                                         "/remote.php/dav/files/console/C%20R%20M/../x",
                                         "/remote.php/dav/files/console/C%20R%20M/%2e%2e/x",
                                         "/remote.php/dav/files/console/C%20R%20M/a%2Fb",
                                         "/remote.php/dav/files/console/C%20R%20M/%zz",
                                         "/remote.php/dav/files/console/C%20R%20M/%E9"));

TEST(RootDepth, OfANextcloudReachesToTheUser) {
  EXPECT_EQ(rootDepth({"cloud", "remote.php", "dav", "files", "console", "a"}, 1), 5U);
  EXPECT_EQ(rootDepth({"dav", "a"}, 1), 1U);
}

}  // namespace
}  // namespace mediadock::nextcloud
