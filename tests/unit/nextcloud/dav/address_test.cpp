// The addresses under which people know their Nextcloud.

#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

using testing::HasSubstr;

class Address : public ScriptedWorld {};

class FilesAddress : public Address, public testing::WithParamInterface<const char*> {};

TEST_P(FilesAddress, WorksForEverything) {
  server.makeFolder("CRM");
  provider = open(server.url() + GetParam(), "CRM");

  provider->check({});
  const auto path = StoragePath::parse("a/f");
  put(path, "new");
  put(path, "replaced");
  provider->move(path, StoragePath::parse("g"), Overwrite::Never, {});

  EXPECT_EQ(readAll(*provider->openRead(StoragePath::parse("g"), {}, {})), "replaced");
  EXPECT_EQ(provider->list({}, {}, {}).entries.size(), 2U);
  EXPECT_EQ(server.readFile("CRM/g"), "replaced");
  EXPECT_TRUE(provider->capabilities().writeResume);
}

INSTANTIATE_TEST_SUITE_P(Of, FilesAddress,
                         testing::Values("", "/", "/remote.php", "/remote.php/", "/remote.php/dav",
                                         "/remote.php/dav/files", "/remote.php/dav/files/console",
                                         "/remote.php/dav/files/console/", "/remote.php/webdav",
                                         "/remote.php/webdav/"));

TEST_F(Address, OfAFolderBelowTheOldOneIsThatFolder) {
  server.putFile("Shared/x/f", "abc");
  provider = open(server.url() + "/remote.php/webdav/Shared/x");

  EXPECT_EQ(readAll(*provider->openRead(StoragePath::parse("f"), {}, {})), "abc");
  put(StoragePath::parse("g"), "def");
  EXPECT_EQ(server.readFile("Shared/x/g"), "def");
}

class OtherAddress : public Address, public testing::WithParamInterface<const char*> {};

TEST_P(OtherAddress, IsRefusedWithTheOneToGive) {
  provider = open(server.url() + GetParam());

  try {
    provider->check({});
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), HasSubstr("'url'"));
    EXPECT_THAT(error.what(), HasSubstr("/remote.php/dav/files/USER"));
  }
}

INSTANTIATE_TEST_SUITE_P(Of, OtherAddress,
                         testing::Values("/remote.php/caldav", "/remote.php/dav/calendars/console",
                                         "/remote.php/dav/uploads/console",
                                         "/remote.php/dav/trashbin/console/trash"));

/// Nextcloud keeps running uploads under such names, and shows them to nobody.
TEST_F(Address, OfARunningUploadHasNothing) {
  const auto part = StoragePath::parse("a/x.part");
  server.makeFolder("a");
  provider = open(server.url());
  provider->check({});
  server.clearRequests();

  EXPECT_FALSE(provider->stat(part, {}));
  EXPECT_THAT([&] { provider->openRead(part, {}, {}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->list(part, {}, {}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->openList(part, {}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->remove(part, {}, {}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->move(part, StoragePath::parse("b"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_EQ(requestsOf("", "x.part"), 0);
}

TEST_F(Address, OfANameThatOnlyLooksLikeOneIsAFile) {
  server.putFile("x.parts", "1");
  server.putFile("part", "2");
  provider = open(server.url());

  EXPECT_TRUE(provider->stat(StoragePath::parse("x.parts"), {}));
  EXPECT_TRUE(provider->stat(StoragePath::parse("part"), {}));
}

}  // namespace
}  // namespace mediadock::nextcloud
