/// \file
/// Listing and deleting over every storage.

#include "http_cases/served_api.h"
#include "support/file_beginnings.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class BrowseRequests : public HttpCases {
 protected:
  HttpAnswer browse(const std::string& query) const {
    return api.get("/api/crm/storage/browse?" + query);
  }

  /// The members of the listing, in order.
  std::vector<Poco::JSON::Object::Ptr> entries(const std::string& query) const {
    const auto answer = browse(query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto array = Poco::JSON::Parser().parse(answer.body).extract<Poco::JSON::Array::Ptr>();
    std::vector<Poco::JSON::Object::Ptr> found;
    for (unsigned i = 0; i < array->size(); ++i) {
      found.push_back(array->getObject(i));
    }
    return found;
  }

  std::vector<std::string> names(const std::string& query) const {
    std::vector<std::string> found;
    for (const auto& entry : entries(query)) {
      found.push_back(entry->getValue<std::string>("filename"));
    }
    return found;
  }
};

INSTANTIATE_TEST_SUITE_P(Storages, BrowseRequests, testing::ValuesIn(everyStorage()),
                         kNameOfStorage);

TEST_P(BrowseRequests, B01TellOfEachEntryWhatAConsoleShows) {
  api.upload("Media", "b.png", beginnings::kPng);

  const auto found = entries("path=Media&include=media");

  ASSERT_EQ(found.size(), 2U);
  const auto& file = found[0];
  EXPECT_EQ(file->getValue<std::string>("filename"), "a.bin");
  EXPECT_EQ(file->getValue<std::string>("path"), "Media/a.bin");
  EXPECT_EQ(file->getValue<int>("size"), 1000);
  EXPECT_EQ(file->getValue<bool>("is_dir"), false);
  EXPECT_EQ(file->getValue<std::string>("last_modified"), "2024-05-01T10:00:00Z");
  EXPECT_TRUE(file->isNull("media"));
  EXPECT_TRUE(api.get(file->getValue<std::string>("url")).body == content);
  EXPECT_EQ(found[1]->getValue<std::string>("mime_type"), "image/png");
  EXPECT_EQ(found[1]->getObject("media")->getValue<std::string>("nextcloud_path"), "Media/b.png");
}

TEST_P(BrowseRequests, B02B03SayWhatIsNoFolder) {
  EXPECT_EQ(browse("path=Media%2Fa.bin").status, 409);
  EXPECT_EQ(browse("path=nothing").status, 404);
  EXPECT_EQ(browse("path=Media%2Fa.bin%2Fbelow").status, 404);
}

TEST_P(BrowseRequests, TakeAFolderThatIsNotThereAsEmptyWhereThatIsAskedFor) {
  const auto empty = browse("path=nothing&absent=empty");

  EXPECT_EQ(empty.status, 200) << empty.body;
  EXPECT_EQ(empty.body, "[]");
  EXPECT_EQ(browse("path=nothing&absent=full").status, 400);
}

TEST_P(BrowseRequests, B05PutFoldersFirstAndSortByBytes) {
  storage->put("Sorted/b", std::string(3, 'x'));
  storage->put("Sorted/C", std::string(1, 'x'));
  storage->put("Sorted/ä", std::string(2, 'x'));
  storage->put("Sorted/folder/x", "x");

  EXPECT_THAT(names("path=Sorted"), ElementsAre("folder", "C", "b", "ä"));
  EXPECT_THAT(names("path=Sorted&order=desc"), ElementsAre("folder", "ä", "b", "C"));
  EXPECT_THAT(names("path=Sorted&sort=size"), ElementsAre("folder", "C", "ä", "b"));
  EXPECT_THAT(names("path=Sorted&sort=last_modified"), ElementsAre("folder", "C", "b", "ä"));
}

TEST_P(BrowseRequests, B06TakeTheRootByAnyOfItsNames) {
  for (const char* query : {"", "path=", "path=/", "path=%2F"}) {
    EXPECT_THAT(names(query), ElementsAre("Media")) << query;
  }
  EXPECT_EQ(browse("path=/.").status, 400);
}

TEST_P(BrowseRequests, B07X02DecodeAPathOnceAsAFormDoes) {
  storage->put("Media/a b", "blank");
  storage->put("Media/a+b", "plus");
  storage->put("Media/a%20b", "percent");
  const auto read = [&](const std::string& path) {
    return api.get("/api/crm/storage/file?path=Media/" + path).body;
  };

  EXPECT_EQ(read("a+b"), "blank");
  EXPECT_EQ(read("a%20b"), "blank");
  EXPECT_EQ(read("a%2Bb"), "plus");
  EXPECT_EQ(read("a%2520b"), "percent");
  EXPECT_EQ(api.get("/api/crm/storage/file?path=%252e%252e%252fetc").status, 404);
}

TEST_P(BrowseRequests, B08X01X49AreRefusedForAPathThatIsNone) {
  for (const char* path :
       {"%zz", "%", "%00", "%C0%AE", "%ED%A0%80", "../../etc/passwd", "..%2f..%2f",
        "/Media/../../x", "....//", "Media/./a.bin", "Media//a.bin", "a%0d%0aX:%20y"}) {
    EXPECT_EQ(browse(std::string("path=") + path).status, 400) << path;
    EXPECT_EQ(api.get(std::string("/api/crm/storage/file?path=") + path).status, 400) << path;
    EXPECT_EQ(
        api.connect().exchange("DELETE", std::string("/api/crm/storage/file?path=") + path).status,
        400)
        << path;
  }
}

TEST_P(BrowseRequests, B10ShowARecordWhoseFileIsGone) {
  api.upload("Media", "b.bin", "b");
  provider->remove(StoragePath::parse("Media/b.bin"), {}, {});

  const auto found = entries("path=Media&include=media");

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1]->getValue<std::string>("filename"), "b.bin");
  EXPECT_EQ(found[1]->getValue<bool>("missing"), true);
}

TEST_P(BrowseRequests, B12JoinARecordToItsFileWhateverTheSignsOfItsName) {
  for (const char* name :
       {"caf\xC3\xA9.bin", "\xD0\xA4\xD0\xBE \xE2\x84\x96 1.bin", "\xF0\x9F\x93\xB7.bin"}) {
    ASSERT_EQ(api.upload("Names", name, "x").status, 201) << name;
  }

  for (const auto& entry : entries("path=Names&include=media")) {
    EXPECT_FALSE(entry->isNull("media")) << entry->getValue<std::string>("filename");
    EXPECT_EQ(api.get(entry->getValue<std::string>("url")).body, "x");
  }
}

TEST_P(BrowseRequests, B14B20FindNothingBehindADelete) {
  auto client = api.connect();

  EXPECT_EQ(client.exchange("DELETE", target).status, 204);
  EXPECT_EQ(client.exchange("GET", target).status, 404);
  EXPECT_EQ(client.exchange("HEAD", target).status, 404);
  EXPECT_EQ(client.exchange("DELETE", target).status, 404);
  EXPECT_THAT(names("path=Media"), ElementsAre());
}

TEST_P(BrowseRequests, B15DeleteTheRecordOfAFileThatIsGoneAlready) {
  const std::string uploaded = api.upload("Media", "b.bin", "b").header("Location");
  provider->remove(StoragePath::parse("Media/b.bin"), {}, {});

  EXPECT_EQ(api.connect().exchange("DELETE", uploaded).status, 204);
  EXPECT_EQ(api.get("/api/crm/media").body, "[]");
  EXPECT_EQ(api.connect().exchange("DELETE", uploaded).status, 404);
}

TEST_P(BrowseRequests, B21DeleteAndGoOnBehindABody) {
  auto client = api.connect();

  EXPECT_EQ(client.exchange("DELETE", target, "Content-Type: text/plain\r\n", "a body").status,
            204);
  EXPECT_EQ(client.exchange("GET", "/healthz").status, 200);
}

TEST_P(BrowseRequests, X72KeepNamesThatLookLikeSql) {
  const std::string name = "'); DROP TABLE crm_media;--.bin";
  ASSERT_EQ(api.upload("Media", name, "x").status, 201);

  EXPECT_THAT(names("path=Media&include=media"), ElementsAre(name, "a.bin"));
  EXPECT_THAT(api.get("/api/crm/media").body, HasSubstr(name));
}

TEST(LargeFolder, B11IsHadPageByPage) {
  const auto storage = startLocalDisk();
  const ServedApi api(storage->open());
  const auto folder = storage->folder() / "Many";
  std::filesystem::create_directory(folder);
  for (int i = 10000; i < 20000; ++i) {
    std::ofstream(folder / std::to_string(i)).close();
  }

  const auto page = api.get("/api/crm/storage/browse?path=Many&limit=100");

  EXPECT_THAT(page.body, HasSubstr("\"Many/10099\""));
  EXPECT_THAT(page.body, testing::Not(HasSubstr("\"Many/10100\"")));
  EXPECT_THAT(page.header("Link"), testing::EndsWith("rel=\"next\""));
}

}  // namespace
}  // namespace mediadock
