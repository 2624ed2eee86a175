// Listings and other answers that mislead.

#include "dav/multistatus.h"
#include "support/raw_server.h"
#include "unit/nextcloud/dav/transcript.h"
#include "unit/nextcloud/scripted_world.h"
#include "unit/plugin_http/gzip_text.h"

#include <map>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kUserRoot = "/remote.php/dav/files/u/";

std::string itemAt(const std::string& href, const std::string& properties) {
  return "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + properties +
         "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}

std::string fileAt(const std::string& href) {
  return itemAt(href, "<d:getcontentlength>1</d:getcontentlength><d:getetag>\"e\"</d:getetag>");
}

const std::string kFolderItself = itemAt(
    kUserRoot, "<d:resourcetype><d:collection/></d:resourcetype><d:getetag>\"r\"</d:getetag>");

std::string document(const std::string& items) {
  return "<?xml version=\"1.0\"?><d:multistatus xmlns:d='DAV:'>" + items + "</d:multistatus>";
}

std::string answer(const std::string& body, const std::string& head = "") {
  return "HTTP/1.1 207 Multi-Status\r\n" + head + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

class ListingTraps : public testing::Test {
 protected:
  ListPage list(const std::string& raw, RawAnswer::Then then = RawAnswer::Then::Close) {
    server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{{{raw, then}}});
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
    provider_ = makeNextcloudProvider({settings, log_});
    return provider_->list({}, {}, {});
  }

  static std::vector<std::string> namesOf(const ListPage& page) {
    std::vector<std::string> names;
    for (const auto& entry : page.entries) {
      names.push_back(entry.path.str());
    }
    return names;
  }

  SilentLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

TEST_F(ListingTraps, OneOddEntryDoesNotPoisonTheOthers_I16_Problem31) {
  const auto page = list(answer(document(
      fileAt(kUserRoot + "a") + itemAt(kUserRoot + "no-size", "") + fileAt("/elsewhere/b") +
      fileAt(kUserRoot + "%zz") + kFolderItself + fileAt(kUserRoot + "c"))));

  EXPECT_THAT(namesOf(page), ElementsAre("a", "c", "no-size"));
  EXPECT_EQ(page.entries.back().size, std::nullopt);
  EXPECT_EQ(page.notes.size(), 2U);
  EXPECT_EQ(page.omitted, 2U);
}

TEST_F(ListingTraps, ASizeThatIsNoneIsUnknown) {
  for (const std::string size : {"", "-1", "1e3", "0x10", "18446744073709551616", "many"}) {
    const auto page = list(
        answer(document(kFolderItself + itemAt(kUserRoot + "a", "<d:getcontentlength>" + size +
                                                                    "</d:getcontentlength>"))));

    ASSERT_EQ(page.entries.size(), 1U) << size;
    EXPECT_EQ(page.entries.front().size, std::nullopt) << size;
  }
}

TEST_F(ListingTraps, WhatVanishedIsNotLeftOut) {
  const auto page = list(
      answer(document(kFolderItself + "<d:response><d:href>" + kUserRoot +
                      "gone</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>")));

  EXPECT_EQ(page.omitted, 0U);
}

/// Names that a server can have, and a path cannot.
class UnnameableChild : public ListingTraps, public testing::WithParamInterface<const char*> {};

INSTANTIATE_TEST_SUITE_P(Names, UnnameableChild,
                         testing::Values("Gr%F6%DFe.jpg", "%7F", "a%7Fb", "tab%09", "%C3%28", "%00",
                                         "a%2Fb", "%zz"));

TEST_P(UnnameableChild, KeepsItsFolderFromBeingEmpty) {
  const std::string folder = kUserRoot + "A";
  const std::string self = itemAt(
      folder, "<d:resourcetype><d:collection/></d:resourcetype><d:getetag>\"r\"</d:getetag>");
  RawServer server({{{answer(document(self))},
                     {answer(document(self + fileAt(folder + "/" + GetParam())))},
                     {"HTTP/1.1 204 No Content\r\n\r\n"}}});
  const Settings settings(
      {{"url", server.url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
  const auto provider = makeNextcloudProvider({settings, log_});

  EXPECT_THAT([&] { provider->remove(StoragePath::parse("A"), {}, {}); },
              ThrowsStorageError(StorageErrc::DirectoryNotEmpty));
  EXPECT_EQ(server.requests().size(), 2U) << "no DELETE was sent";
}

TEST_P(UnnameableChild, IsCountedOnceByAListingInAnyWay) {
  const auto items =
      answer(document(kFolderItself + fileAt(kUserRoot + "a") + fileAt(kUserRoot + GetParam())));
  const auto page = list(items);
  server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{{{items}}});
  const Settings settings(
      {{"url", server_->url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
  provider_ = makeNextcloudProvider({settings, log_});
  const auto stream = provider_->openList({}, {});
  std::vector<Entry> entries;
  while (stream->next(entries, CallContext::Clock::time_point::max())) {
  }

  EXPECT_EQ(page.omitted, 1U);
  EXPECT_EQ(page.notes.size(), 1U);
  EXPECT_EQ(stream->omitted(), 1U);
}

TEST_F(ListingTraps, ACutListingIsTruncated_I17_Problem16) {
  const auto whole = answer(document(kFolderItself + fileAt(kUserRoot + "a")));

  EXPECT_THAT([&] { list(whole.substr(0, whole.size() - 30)); },
              ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(ListingTraps, ACutListingInAWholeAnswerIsTruncated_I17_Problem16) {
  const auto whole = document(kFolderItself + fileAt(kUserRoot + "a"));

  EXPECT_THAT([&] { list(answer(whole.substr(0, whole.size() - 30))); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([&] { list(answer(whole.substr(0, whole.find("<d:response>", 100)))); },
              ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(ListingTraps, APageWithStatus200IsNoListing_I18_Problem16) {
  EXPECT_THAT([&] { list("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>"); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(ListingTraps, AGatewaysTimeoutIsNoEmptyFolder_Problem16) {
  EXPECT_THAT([&] { list("HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"); },
              ThrowsStorageError(StorageErrc::Timeout));
}

TEST_F(ListingTraps, HrefsInAnySpellingGiveTheSameNames_I19_Problem9_Trap20) {
  const auto page = list(answer(document(
      itemAt("https://other.example.test/remote.php/dav/files/U/",
             "<d:resourcetype><d:collection/></d:resourcetype>") +
      fileAt(kUserRoot + "%c3%a9") + fileAt("http://other.example.test:81" + kUserRoot + "%C3%A8") +
      fileAt(kUserRoot + "a%2525b") + fileAt(kUserRoot + "c+d") + fileAt(kUserRoot + "%65"))));

  EXPECT_THAT(namesOf(page), ElementsAre("a%25b", "c+d", "e", "\u00e8", "\u00e9"));
  EXPECT_THAT(page.notes, IsEmpty());
}

TEST_F(ListingTraps, AnEntryThatComesTwiceCountsOnce_Problem17) {
  const auto page =
      list(answer(document(kFolderItself + fileAt(kUserRoot + "a") + fileAt(kUserRoot + "a"))));

  EXPECT_THAT(namesOf(page), ElementsAre("a"));
}

TEST_F(ListingTraps, AListingMayComeCompressed) {
  const auto page =
      list(answer(http_client::gzip(document(kFolderItself + fileAt(kUserRoot + "a"))),
                  "Content-Encoding: gzip\r\n"));

  EXPECT_THAT(namesOf(page), ElementsAre("a"));
  EXPECT_THAT(server_->requests().at(0), HasSubstr("Accept-Encoding: gzip\r\n"));
}

TEST_F(ListingTraps, ACutCompressedListingIsTruncated_I17) {
  const auto packed = http_client::gzip(document(kFolderItself + fileAt(kUserRoot + "a")));

  EXPECT_THAT(
      [&] { list(answer(packed.substr(0, packed.size() - 9), "Content-Encoding: gzip\r\n")); },
      ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(ListingTraps, ACompressedBombIsStopped_E09) {
  const auto packed = http_client::gzip(document(std::string(64U << 20U, ' ')));

  EXPECT_THAT([&] { list(answer(packed, "Content-Encoding: gzip\r\n")); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(ListingTraps, EntitiesThatGrowAreStopped_E09) {
  EXPECT_THAT(
      [&] { list(answer("<!DOCTYPE d [<!ENTITY a 'aaaa'>]><d:multistatus xmlns:d='DAV:'/>")); },
      ThrowsStorageError(StorageErrc::Protocol));
}

class RecordedPropfind : public testing::TestWithParam<const char*> {};

TEST_P(RecordedPropfind, IsReadWhole) {
  const auto recorded = recordedResponse(GetParam());
  std::size_t count = 0;
  MultistatusParser parser([&](DavItem&& item) {
    EXPECT_FALSE(item.href.empty());
    ++count;
  });

  ASSERT_EQ(recorded.status, 207);
  parser.feed(recorded.body);
  parser.finish();

  EXPECT_GT(count, 0U);
}

// Of the others, 007 and 008 are 404, and 012 was recorded compressed.
INSTANTIATE_TEST_SUITE_P(Multistatus, RecordedPropfind,
                         testing::Values("001", "002", "003", "004", "005", "006", "009", "010",
                                         "011", "013", "014", "015", "016", "054", "061", "080"),
                         [](const auto& tested) { return std::string("No") + tested.param; });

class NextcloudTraps : public ScriptedWorld {};

TEST_F(NextcloudTraps, PagesThatDoNotAddUpAreReadAsOneAndNeverAgain_Problem17) {
  server.putFile("a", "1");
  server.putFile("b", "2");
  checkAndSweep();
  const std::string root = "/remote.php/dav/files/" + server.username() + "/";
  scripted::Answer page;
  page.status = 207;
  page.headers = {{"Content-Type", "application/xml"},
                  {"X-NC-Paginate", "true"},
                  {"X-NC-Paginate-Token", "token"},
                  {"X-NC-Paginate-Total", "3"}};
  page.body = document(itemAt(root, "<d:resourcetype><d:collection/></d:resourcetype>") +
                       fileAt(root + "a"));
  server.misbehave({.method = "PROPFIND", .action = scripted::AnswerWith{page}, .times = 1});
  server.clearRequests();

  EXPECT_EQ(provider->list({}, {}, {}).entries.size(), 2U);
  EXPECT_EQ(provider->list({}, {}, {}).entries.size(), 2U);

  const auto asked = server.requests();
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_TRUE(asked.at(0).headers.contains("x-nc-paginate"));
  EXPECT_FALSE(asked.at(1).headers.contains("x-nc-paginate"));
  EXPECT_FALSE(asked.at(2).headers.contains("x-nc-paginate"));
}

TEST_F(NextcloudTraps, NothingIsSearchedForAndNoFolderIsFetchedAsAnArchive_Trap23_Trap24) {
  server.putFile("folder/a", "1");
  provider->check({});
  provider->list(StoragePath::parse("folder"), {}, {});
  EXPECT_ANY_THROW(provider->openRead(StoragePath::parse("folder"), {}, {}));
  readAll(*provider->openRead(StoragePath::parse("folder/a"), {}, {}));
  put(StoragePath::parse("b"), "2");
  provider->remove(StoragePath::parse("folder"), {.recursive = true}, {});

  for (const auto& request : server.requests()) {
    EXPECT_NE(request.method, "SEARCH");
    EXPECT_NE(request.method, "REPORT");
    EXPECT_FALSE(request.headers.contains("accept")) << request.path;
  }
}

TEST_F(NextcloudTraps, OrderIsStable_I15) {
  server.putFile("b", "1");
  server.putFile("a", "2");
  server.putFile("c", "3");

  const auto first = provider->list({}, {}, {}).entries;

  EXPECT_TRUE(provider->capabilities().listSorted);
  EXPECT_EQ(first, provider->list({}, {}, {}).entries);
  EXPECT_EQ(first.front().path.str(), "a");
}

TEST_F(NextcloudTraps, AStatFetchesNoContent_S11) {
  server.putFile("a", "content");
  checkAndSweep();
  server.clearRequests();

  EXPECT_EQ(provider->stat(StoragePath::parse("a"), {})->size, 7U);

  EXPECT_EQ(requestsOf("PROPFIND", "/a"), 1);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(NextcloudTraps, NamesThatCutUrlsTravelUnchanged_Problem10) {
  for (const auto* name : {"a#b", "a?b", "a%20b", "a;b", "a+b", "a&b=c", "12:30", "a%2Fb"}) {
    const auto path = StoragePath::parse(name);
    put(path, name);
    EXPECT_EQ(server.readFile(name), name);
    const auto moved =
        provider->move(path, StoragePath::parse(std::string("to ") + name), Overwrite::Never, {});
    EXPECT_EQ(moved.path.str(), std::string("to ") + name);
  }
}

TEST_F(NextcloudTraps, ATimeOfTheFirstDayIsRefusedBeforeAByteIsSent_Trap9) {
  server.clearRequests();

  EXPECT_THAT(
      [&] {
        provider->openWrite({.path = StoragePath::parse("a")},
                            {.size = 1, .modifiedAt = Timestamp(std::chrono::hours(1))}, {});
      },
      ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(requestsOf("PUT", ""), 0);
}

TEST_F(NextcloudTraps, AFolderIsNoEmptyFile_Trap11) {
  server.makeFolder("folder");

  EXPECT_THAT([&] { provider->openRead(StoragePath::parse("folder"), {}, {}); },
              ThrowsStorageError(StorageErrc::IsADirectory));
}

TEST_F(NextcloudTraps, A404ToAPutMeansItsParent_Trap12) {
  const auto write = [&](bool createParents) {
    const auto stream = provider->openWrite(
        {.path = StoragePath::parse("no/where"), .createParents = createParents}, {.size = 0}, {});
    return stream->commit();
  };

  EXPECT_THAT([&] { write(false); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_EQ(write(true).path.str(), "no/where");
}

TEST_F(NextcloudTraps, TheAnswerToAWriteDecidesAboutSpaceNotTheQuota_Trap16) {
  server.setQuota(0);

  EXPECT_THAT([&] { put(StoragePath::parse("a"), "x"); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  server.setQuota(std::nullopt);
  EXPECT_NO_THROW(put(StoragePath::parse("a"), "x"));
}

TEST_F(NextcloudTraps, TheTypeIsThatOfTheListingNotOfTheDownload_Trap19) {
  server.putFile("a.svg", "<svg/>");

  const auto stated = provider->stat(StoragePath::parse("a.svg"), {});
  const auto stream = provider->openRead(StoragePath::parse("a.svg"), {}, {});

  ASSERT_TRUE(stated);
  EXPECT_EQ(stated->contentType, "image/svg+xml");
  EXPECT_EQ(stream->info().entry.contentType, "") << "rather than text/plain";
}

TEST_F(NextcloudTraps, ACopyIsTheEntryThatStandsThere_Trap26) {
  const auto source = put(StoragePath::parse("a"), "content");

  const auto copy =
      provider->copy(StoragePath::parse("a"), StoragePath::parse("b"), Overwrite::Never, {});

  EXPECT_EQ(copy.size, 7U);
  EXPECT_NE(copy.fileId, source.fileId);
  EXPECT_EQ(provider->stat(StoragePath::parse("b"), {}), copy);
}

TEST(ForeignHome, IsNoEmptyStorage_Trap22) {
  ScriptedNextcloud server({.otherUsername = "other"});
  SilentLog log;
  const Settings settings({{"url", server.url() + "/remote.php/dav/files/other"},
                           {"username", server.username()},
                           {"password", server.password()}});
  const auto provider = makeNextcloudProvider({settings, log});

  EXPECT_THAT([&] { provider->check({}); }, ThrowsStorageError(StorageErrc::PermissionDenied));
}

TEST(CreateOnly, IsDecidedByTheServerAlone_Problem32) {
  ScriptedNextcloud server;
  SilentLog log;
  const Settings settings({{"url", server.url()},
                           {"username", server.username()},
                           {"password", server.password()},
                           {"chunk_bytes", "65536"}});
  const auto provider = makeNextcloudProvider({settings, log});
  const std::string content(100000, 'x');
  const auto stream = provider->openWrite({.path = StoragePath::parse("a"), .ifAbsent = true},
                                          {.size = content.size()}, {});
  stream->write(std::as_bytes(std::span(content)));
  server.putFile("a", "somebody was faster");

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(server.readFile("a"), "somebody was faster");
}

}  // namespace
}  // namespace mediadock::nextcloud
