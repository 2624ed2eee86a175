#include "dav/multistatus.h"

#include "dav/dav_entry.h"
#include "support/storage_error_matcher.h"
#include "unit/nextcloud/dav/transcript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;

DavUrls treeUrls() {
  return {{.host = "cloud.example.test"}, {"remote.php", "dav", "files", "console"}, 3};
}

std::vector<DavItem> parse(std::string_view document, std::size_t step = 7) {
  std::vector<DavItem> items;
  MultistatusParser parser([&](DavItem&& item) { items.push_back(std::move(item)); });
  for (; !document.empty(); document.remove_prefix(std::min(step, document.size()))) {
    parser.feed(document.substr(0, step));
  }
  parser.finish();
  return items;
}

std::map<std::string, Entry> entriesOf(const std::string& recorded) {
  std::map<std::string, Entry> result;
  for (const auto& item : parse(recordedResponse(recorded).body)) {
    auto entry = toEntry(item, treeUrls());
    if (auto* good = std::get_if<Entry>(&entry)) {
      result.emplace(good->path.str(), *good);
    }
  }
  return result;
}

TEST(Multistatus, TellsFilesAndFoldersOfARecordedListing) {
  const auto entries = entriesOf("003");

  ASSERT_TRUE(entries.contains("fx/dir"));
  EXPECT_TRUE(entries.at("fx/dir").isDirectory());
  EXPECT_FALSE(entries.at("fx/dir").size);
  ASSERT_TRUE(entries.contains("fx/dir/a.txt"));
  const auto& file = entries.at("fx/dir/a.txt");
  EXPECT_FALSE(file.isDirectory());
  EXPECT_TRUE(file.size);
  EXPECT_TRUE(file.etag);
  EXPECT_TRUE(file.modifiedAt);
  EXPECT_FALSE(file.fileId.empty());
  EXPECT_EQ(file.contentType, "text/plain");
}

TEST(Multistatus, ReadsOddNamesOfARecordedListing) {
  const auto entries = entriesOf("009");

  EXPECT_GT(entries.size(), 5U);
}

TEST(Multistatus, ReadsEverySplitTheSameWay) {
  const auto body = recordedResponse("002").body;

  EXPECT_EQ(parse(body, 1).size(), parse(body, body.size()).size());
  EXPECT_EQ(parse(body, 1).size(), 5U);
}

TEST(Multistatus, GoesByNamespaceNotByPrefix) {
  const auto items = parse(
      "<multistatus xmlns='DAV:' xmlns:d='urn:other'><response><href>/a</href><propstat><prop>"
      "<d:getetag>wrong</d:getetag><getcontentlength>3</getcontentlength></prop>"
      "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>");

  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].contentLength, "3");
  EXPECT_EQ(items[0].etag, "");
}

TEST(Multistatus, TakesPropertiesOfSuccessOnly) {
  const auto items = parse(
      "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/a</d:href>"
      "<d:propstat><d:prop><d:getetag>\"no\"</d:getetag></d:prop>"
      "<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>"
      "<d:propstat><d:prop><d:getcontentlength>3</d:getcontentlength></d:prop>"
      "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>");

  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].etag, "");
  EXPECT_EQ(items[0].contentLength, "3");
}

TEST(Multistatus, RefusesADocumentThatBreaksOff) {
  const auto body = recordedResponse("002").body;

  EXPECT_THAT([&] { parse(body.substr(0, body.size() / 2)); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([&] { parse(""); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST(Multistatus, RefusesAPage) {
  EXPECT_THAT([] { parse("<html><body>Log in</body></html>"); },
              ThrowsStorageError(StorageErrc::Protocol));
  EXPECT_THAT([] { parse("<!DOCTYPE html><html><br></html>"); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST(Multistatus, X50RefusesEntitiesThatGrow) {
  EXPECT_THAT(
      [] {
        parse(
            "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
            "<d:multistatus xmlns:d='DAV:'>&b;</d:multistatus>");
      },
      ThrowsStorageError(StorageErrc::Protocol));
}

TEST(Multistatus, X50RefusesDeepNesting) {
  std::string document = "<d:multistatus xmlns:d='DAV:'>";
  for (int i = 0; i < 100; ++i) {
    document += "<d:x>";
  }

  EXPECT_THAT([&] { parse(document); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST(Multistatus, X50RefusesAnEndlessProperty) {
  const auto document = "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/" +
                        std::string(100000, 'a') + "</d:href></d:response></d:multistatus>";

  EXPECT_THAT([&] { parse(document, 4096); }, ThrowsStorageError(StorageErrc::Protocol));
}

struct Spelling {
  const char* name;
  const char* text;
};

class ETagSpelling : public testing::TestWithParam<Spelling> {};

TEST_P(ETagSpelling, IsTheSameVersion) {
  EXPECT_EQ(parseDavETag(GetParam().text), ETag{"abc"});
}

INSTANTIATE_TEST_SUITE_P(ParseDavETag, ETagSpelling,
                         testing::Values(Spelling{"Strong", "\"abc\""},
                                         Spelling{"Weak", "W/\"abc\""},
                                         Spelling{"Compressed", "\"abc-gzip\""},
                                         Spelling{"CompressedTwice", "\"abc--gzip\""},
                                         Spelling{"Unquoted", "abc"}),
                         [](const auto& tested) { return tested.param.name; });

TEST(ToEntry, MakesUpNoSize) {
  const auto entry = toEntry(
      DavItem{.href = "/remote.php/dav/files/console/a", .hasProperties = true}, treeUrls());

  ASSERT_TRUE(std::holds_alternative<Entry>(entry));
  EXPECT_EQ(std::get<Entry>(entry).size, std::nullopt);
}

}  // namespace
}  // namespace mediadock::nextcloud
