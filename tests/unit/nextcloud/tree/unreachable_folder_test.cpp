// Folders of a Nextcloud behind which another storage is down, or into which nothing may be
// written.

#include "support/raw_server.h"
#include "unit/nextcloud/scripted_world.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kUserFiles = "/remote.php/dav/files/u/";

std::string folder(const std::string& href, const std::string& etag, const std::string& id,
                   const std::string& permissions = "RGDNVCK") {
  return "<d:response><d:href>" + href +
         "</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></"
         "d:resourcetype><d:getetag>" +
         etag + "</d:getetag><oc:fileid>" + id + "</oc:fileid><oc:permissions>" + permissions +
         "</oc:permissions><d:quota-available-bytes>1000</d:quota-available-bytes></d:prop>"
         "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}

std::string multistatus(const std::string& items) {
  const std::string body = "<d:multistatus xmlns:d='DAV:' xmlns:oc='http://owncloud.org/ns'>" +
                           items + "</d:multistatus>";
  return "HTTP/1.1 207 Multi-Status\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string error(int status, const std::string& exception, const std::string& message) {
  const std::string body =
      "<d:error xmlns:d='DAV:' xmlns:s='http://sabredav.org/ns'><s:exception>" + exception +
      "</s:exception><s:message>" + message + "</s:message></d:error>";
  return "HTTP/1.1 " + std::to_string(status) +
         " No\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class Mounts : public testing::Test {
 protected:
  IStorageProvider& answer(const std::vector<std::string>& answers) {
    RawServer::Script script;
    for (const auto& text : answers) {
      script.push_back({text});
    }
    // /status.php is asked on a connection of its own.
    const RawServer::Script maintenance{
        {"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"maintenance\":false}"}};
    server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{script, maintenance});
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
    provider_ = makeNextcloudProvider({settings, log_});
    return *provider_;
  }

  static void expectDownPlace(const StorageFailure& failure) {
    EXPECT_EQ(failure.code, StorageErrc::Unavailable) << failure.message;
    EXPECT_EQ(failure.retry, Retry::Never) << failure.message;
  }

 private:
  SilentLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

/// What Nextcloud writes as the etag of a folder that it cannot look into.
class GoneMount : public Mounts, public testing::WithParamInterface<const char*> {};

INSTANTIATE_TEST_SUITE_P(Etags, GoneMount, testing::Values("", "\"\"", "&quot;&quot;"));

TEST_P(GoneMount, IsNoEmptyFolder) {
  const auto self = multistatus(folder(kUserFiles + "ext/", GetParam(), "-1", "MG"));

  expectDownPlace(failureOf([&] { answer({self}).list(StoragePath::parse("ext"), {}, {}); }));
  expectDownPlace(failureOf([&] {
    std::vector<Entry> entries;
    answer({self})
        .openList(StoragePath::parse("ext"), {})
        ->next(entries, CallContext::Clock::time_point::max());
  }));
}

TEST_P(GoneMount, IsNotRemovedAsEmpty) {
  const auto self = multistatus(folder(kUserFiles + "ext/", GetParam(), "-1", "MG"));

  expectDownPlace(failureOf([&] {
    answer({self, self, "HTTP/1.1 204 No Content\r\n\r\n"})
        .remove(StoragePath::parse("ext"), {}, {});
  }));
}

TEST_P(GoneMount, IsListedByTheFolderThatHasIt) {
  const auto page = answer({multistatus(folder(kUserFiles, "\"r\"", "1") +
                                        folder(kUserFiles + "ext/", GetParam(), "-1", "MG"))})
                        .list({}, {}, {});

  ASSERT_EQ(page.entries.size(), 1U);
  EXPECT_TRUE(page.entries.front().isDirectory());
  EXPECT_EQ(page.entries.front().fileId, "");
  EXPECT_EQ(page.omitted, 0U);
}

TEST_F(Mounts, AnEmptyFolderThatStandsIsOne) {
  EXPECT_TRUE(answer({multistatus(folder(kUserFiles + "ext/", "\"e\"", "7"))})
                  .list(StoragePath::parse("ext"), {}, {})
                  .entries.empty());
}

TEST_F(Mounts, AMissingStorageIsNoMissingFile) {
  const auto gone = error(404, "Sabre\\DAV\\Exception\\NotFound", "Storage ext/a.jpg is invalid");
  const auto path = StoragePath::parse("ext/a.jpg");

  expectDownPlace(failureOf([&] { answer({gone}).stat(path, {}); }));
  expectDownPlace(failureOf([&] { answer({gone}).list(path, {}, {}); }));
  EXPECT_EQ(
      answer({error(404, "Sabre\\DAV\\Exception\\NotFound", "File with name a.jpg is missing")})
          .stat(path, {}),
      std::nullopt);
}

TEST_F(Mounts, TellNothingOfTheServersDisk) {
  for (const std::string message :
       {"Storage is temporarily not available: /srv/private/ext does not exist",
        "Storage is temporarily not available (&quot;/srv/private/ext&quot;)",
        "Storage is temporarily not available in C:\\private\\ext"}) {
    const auto failure = failureOf([&] {
      answer({error(503, "Sabre\\DAV\\Exception\\ServiceUnavailable", message)})
          .stat(StoragePath::parse("ext/a"), {});
    });

    expectDownPlace(failure);
    EXPECT_THAT(failure.message, Not(HasSubstr("private"))) << message;
  }
}

TEST_F(Mounts, HaveNoRoomWhereNothingMayBeMade) {
  const auto roomOf = [&](const std::string& permissions) {
    return answer({multistatus(folder(kUserFiles, "\"r\"", "1", permissions))}).quota({}).available;
  };

  EXPECT_EQ(roomOf("SMG"), 0U);
  EXPECT_EQ(roomOf("SRGDNV"), 0U);
  EXPECT_EQ(roomOf("RGDNVCK"), 1000U);
  EXPECT_EQ(roomOf("SMGCK"), 1000U);
  EXPECT_EQ(roomOf(""), 1000U) << "nothing is known of it";
}

}  // namespace
}  // namespace mediadock::nextcloud
