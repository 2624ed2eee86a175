/// \file
/// The main job, done with curl over every storage: what the README promises in its first screen.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "integration/storage_under_test.h"
#include "support/temp_directory.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

namespace mediadock {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

const std::string kCustomer = "05_Customers/ACME";
const std::string kFolder = kCustomer + "/Sent Media";
const std::string kName = "Φωτό №1 50% #2.png";
const std::string kSecondName = "Φωτό №1 50% #2 (2).png";
constexpr std::size_t kPhotoBytes = 300000;

/// A PNG signature, then bytes that hold every value and every line end.
std::string makePhoto() {
  std::string photo = "\x89PNG\r\n\x1a\n";
  for (std::uint32_t i = 1; photo.size() < kPhotoBytes; ++i) {
    photo += static_cast<char>((i * 2654435761U) >> 24U);
  }
  return photo + "\r\n--";
}

Poco::JSON::Object::Ptr parseObject(const std::string& json) {
  return Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
}

Poco::JSON::Array::Ptr parseArray(const std::string& json) {
  return Poco::JSON::Parser().parse(json).extract<Poco::JSON::Array::Ptr>();
}

class MainJob : public testing::TestWithParam<StorageCase> {
 protected:
  MainJob() { std::ofstream(photoFile(), std::ios::binary) << photo_; }

  std::string photoFile() const { return (home_.path() / "photo").string(); }

  CurlAnswer upload() const {
    return curl({"-F", "nextcloud_path=" + kFolder, "-F",
                 "file=@" + photoFile() + ";filename=" + kName + ";type=image/png",
                 host_.url() + "/api/crm/storage/upload"});
  }

  Poco::JSON::Array::Ptr browse() const {
    const auto answer = curl({host_.storageUrl("browse", kFolder) + "&include=media"});
    EXPECT_EQ(answer.status, 200) << answer.body;
    return parseArray(answer.body);
  }

  std::string fileUrl(const std::string& name = kName) const {
    return host_.storageUrl("file", kFolder + "/" + name);
  }

  TempDirectory home_;
  std::string photo_ = makePhoto();
  std::unique_ptr<IStorageUnderTest> storage_ = GetParam().start();
  HostProcess host_{storage_->configuration(), home_.path() / "records.db"};
};

TEST_P(MainJob, UploadMakesTheFileAndItsRecord) {
  const auto answer = upload();

  ASSERT_EQ(answer.status, 201) << answer.body << host_.output();
  const auto record = parseObject(answer.body);
  EXPECT_EQ(record->getValue<std::string>("nextcloud_path"), kFolder + "/" + kName);
  EXPECT_EQ(record->getValue<std::string>("filename"), kName);
  EXPECT_EQ(record->getValue<std::string>("type"), "photo");
  EXPECT_EQ(record->getValue<std::string>("direction"), "sent");
  EXPECT_EQ(record->getValue<std::size_t>("size"), photo_.size());
  EXPECT_THAT(answer.headers.at("location"), HasSubstr("/file?path="));
}

TEST_P(MainJob, BrowseShowsTheFileWithItsRecord) {
  const auto id = parseObject(upload().body)->getValue<std::string>("id");

  const auto entries = browse();

  ASSERT_EQ(entries->size(), 1U);
  const auto entry = entries->getObject(0);
  EXPECT_EQ(entry->getValue<std::string>("filename"), kName);
  EXPECT_EQ(entry->getValue<std::size_t>("size"), photo_.size());
  EXPECT_EQ(entry->getObject("media")->getValue<std::string>("id"), id);
}

TEST_P(MainJob, TheFolderIsSeenFromItsParentWithDepthTwo) {
  ASSERT_EQ(upload().status, 201);

  const auto answer = curl({host_.storageUrl("browse", kCustomer) + "&depth=2"});

  const auto entries = parseArray(answer.body);
  ASSERT_EQ(entries->size(), 2U) << answer.body;
  EXPECT_TRUE(entries->getObject(0)->getValue<bool>("is_dir"));
  EXPECT_EQ(entries->getObject(1)->getValue<std::string>("path"), kFolder + "/" + kName);
}

TEST_P(MainJob, DownloadGivesTheFileBackByteForByte) {
  ASSERT_EQ(upload().status, 201);

  const auto answer = curl({fileUrl()});

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "image/png");
  EXPECT_TRUE(answer.body == photo_) << "of " << answer.body.size() << " bytes";
}

TEST_P(MainJob, TheUrlThatBrowseHandsOutGivesTheFile) {
  ASSERT_EQ(upload().status, 201);
  const auto url = browse()->getObject(0)->getValue<std::string>("url");

  const auto answer = curl({host_.url() + url});

  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body == photo_);
}

TEST_P(MainJob, SuffixRangeGivesTheLastBytes) {
  ASSERT_EQ(upload().status, 201);

  const auto answer = curl({"-H", "Range: bytes=-100", fileUrl()});

  EXPECT_EQ(answer.status, 206);
  const auto size = std::to_string(photo_.size());
  EXPECT_EQ(answer.headers.at("content-range"), "bytes " + std::to_string(photo_.size() - 100) +
                                                    "-" + std::to_string(photo_.size() - 1) + "/" +
                                                    size);
  EXPECT_EQ(answer.body, photo_.substr(photo_.size() - 100));
}

TEST_P(MainJob, TheEtagAnswers304) {
  ASSERT_EQ(upload().status, 201);
  const auto etag = curl({"--head", fileUrl()}).headers.at("etag");

  const auto answer = curl({"-H", "If-None-Match: " + etag, fileUrl()});

  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.body, "");
}

TEST_P(MainJob, SecondUploadOfANameGetsANumber) {
  ASSERT_EQ(upload().status, 201);

  const auto answer = upload();

  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(parseObject(answer.body)->getValue<std::string>("nextcloud_path"),
              EndsWith(kSecondName));
  EXPECT_TRUE(curl({fileUrl(kSecondName)}).body == photo_);
  EXPECT_EQ(browse()->size(), 2U);
}

TEST_P(MainJob, DeleteTakesTheRecordToo) {
  const auto id = parseObject(upload().body)->getValue<std::string>("id");
  const auto recordUrl = host_.url() + "/api/crm/media/" + id;
  ASSERT_EQ(curl({recordUrl}).status, 200);

  const auto answer = curl({"-X", "DELETE", fileUrl()});

  EXPECT_EQ(answer.status, 204) << answer.body;
  EXPECT_EQ(curl({fileUrl()}).status, 404);
  EXPECT_EQ(curl({recordUrl}).status, 404);
  EXPECT_EQ(browse()->size(), 0U);
}

TEST_P(MainJob, MoveTakesTheRecordAlong) {
  const auto uploaded = parseObject(upload().body);
  const auto id = uploaded->getValue<std::string>("id");
  const auto target = kCustomer + "/Internal/photo.png";
  const auto before = curl({"--head", fileUrl()});

  const auto answer =
      curl({"--json", R"({"from": ")" + kFolder + "/" + kName + R"(", "to": ")" + target + R"("})",
            host_.url() + "/api/crm/storage/move"});

  EXPECT_EQ(answer.status / 100, 2) << answer.body;
  const auto record = parseObject(curl({host_.url() + "/api/crm/media/" + id}).body);
  EXPECT_EQ(record->getValue<std::string>("nextcloud_path"), target);
  const auto file = curl({host_.storageUrl("file", target)});
  EXPECT_TRUE(file.body == photo_);
  EXPECT_EQ(file.headers.count("repr-digest"), before.headers.count("repr-digest"));
  // nginx lists no etags.
  EXPECT_EQ(record->isNull("etag"), uploaded->isNull("etag"));
  if (!uploaded->isNull("etag")) {
    EXPECT_EQ(record->getValue<std::string>("etag"), file.headers.at("etag"));
    EXPECT_EQ(file.headers.count("repr-digest"), 1U) << "the record's digest is that of the file";
  }
  EXPECT_EQ(curl({fileUrl()}).status, 404);
}

TEST_P(MainJob, ReplaceKeepsTheRecordAndChangesTheBytes) {
  const auto id = parseObject(upload().body)->getValue<std::string>("id");
  photo_ = "short and new";
  std::ofstream(photoFile(), std::ios::binary) << photo_;

  const auto answer = curl({"-F", "on_conflict=replace", "-F", "nextcloud_path=" + kFolder, "-F",
                            "file=@" + photoFile() + ";filename=" + kName,
                            host_.url() + "/api/crm/nextcloud/upload"});

  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(parseObject(answer.body)->getValue<std::string>("id"), id);
  EXPECT_EQ(curl({fileUrl()}).body, photo_);
  EXPECT_EQ(browse()->size(), 1U);
}

TEST_P(MainJob, EncodedDotsAreABadPath) {
  const auto answer = curl({host_.url() + "/api/crm/storage/browse?path=..%2f"});

  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
}

TEST_P(MainJob, NothingOfAnUploadIsLeftBehind) {
  ASSERT_EQ(upload().status, 201);

  EXPECT_THAT(storage_->leftovers(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Storages, MainJob,
                         testing::Values(StorageCase{"LocalDisk", startLocalDisk},
                                         StorageCase{"Apache", startApache},
                                         StorageCase{"Nginx", startNginx},
                                         StorageCase{"ScriptedNextcloud", startScriptedNextcloud}),
                         storageCaseName);

}  // namespace
}  // namespace mediadock
