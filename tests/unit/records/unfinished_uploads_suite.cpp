#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/records/record_store_suite.h"

#include <gmock/gmock.h>

#include <chrono>

namespace mediadock::records {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMany = 1000;

UnfinishedUpload uploadOf(const std::string& id, std::int64_t expiresAt = 1000) {
  return {.id = id,
          .caller = "alice",
          .owner = "caller alice",
          .metadata = "filename YS5qcGc=",
          .size = 17179869184,
          .progress = {.size = 5, .beginning = "00ff", .token = "token", .digest = "digest"},
          .recordId = "record",
          .isFinished = false,
          .expiresAt = Timestamp(seconds(expiresAt)),
          .revision = 3};
}

std::vector<std::string> idsOf(const std::vector<UnfinishedUpload>& uploads) {
  std::vector<std::string> ids;
  for (const auto& upload : uploads) {
    ids.push_back(upload.id);
  }
  return ids;
}

TEST_P(RecordStoreSuite, FindsAnUnfinishedUploadFromAnyHost) {
  store->unfinishedUploads().insert(uploadOf("a"), kMany);

  EXPECT_EQ(database->open()->unfinishedUploads().find("a"), uploadOf("a"));
  EXPECT_EQ(store->unfinishedUploads().find("b"), std::nullopt);
}

TEST_P(RecordStoreSuite, KeepsTheIdOfAnUnfinishedUploadUnique) {
  store->unfinishedUploads().insert(uploadOf("a"), kMany);

  EXPECT_THAT([&] { store->unfinishedUploads().insert(uploadOf("a"), kMany); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_P(RecordStoreSuite, SavesWhatAnUnfinishedUploadHasComeTo) {
  auto upload = uploadOf("a");
  store->unfinishedUploads().insert(upload, kMany);
  upload.progress = {.size = 9, .beginning = "01", .token = "next", .digest = "later"};
  upload.recordId = "other";
  upload.isFinished = true;
  upload.expiresAt += seconds(5);

  store->unfinishedUploads().save(upload);

  EXPECT_EQ(upload.revision, 4);
  EXPECT_EQ(store->unfinishedUploads().find("a"), upload);
}

TEST_P(RecordStoreSuite, LetsOneOfTwoWritersOfAnUploadGoOn) {
  auto one = uploadOf("a");
  store->unfinishedUploads().insert(one, kMany);
  auto other = one;
  one.progress.size = 8;
  store->unfinishedUploads().save(one);

  EXPECT_THAT([&] { store->unfinishedUploads().save(other); },
              ThrowsStorageError(StorageErrc::Conflict));
  EXPECT_EQ(store->unfinishedUploads().find("a"), one);
}

TEST_P(RecordStoreSuite, SavesNoUploadThatIsGone) {
  auto upload = uploadOf("a");
  store->unfinishedUploads().insert(upload, kMany);
  store->unfinishedUploads().erase("a");
  store->unfinishedUploads().erase("a");

  EXPECT_THAT([&] { store->unfinishedUploads().save(upload); },
              ThrowsStorageError(StorageErrc::Conflict));
  EXPECT_EQ(store->unfinishedUploads().find("a"), std::nullopt);
}

TEST_P(RecordStoreSuite, TakesNoMoreUnfinishedUploadsOfAnOwnerThanItMayHave) {
  auto& uploads = store->unfinishedUploads();
  auto foreign = uploadOf("foreign");
  foreign.owner = "address 192.0.2.1";
  auto finished = uploadOf("finished");
  EXPECT_TRUE(uploads.insert(foreign, 1));
  EXPECT_TRUE(uploads.insert(finished, 1));
  finished.isFinished = true;
  uploads.save(finished);

  EXPECT_TRUE(uploads.insert(uploadOf("a"), 2));
  EXPECT_TRUE(uploads.insert(uploadOf("b"), 2));
  EXPECT_FALSE(uploads.insert(uploadOf("c"), 2));

  EXPECT_EQ(uploads.find("c"), std::nullopt);
  EXPECT_EQ(uploads.bytesOf("caller alice"), 10U);
  EXPECT_EQ(uploads.bytesOf("address 192.0.2.1"), 5U);
  EXPECT_EQ(uploads.bytesOf("nobody"), 0U);
}

TEST_P(RecordStoreSuite, TellsTheUploadsThatExpiredTheOldestFirst) {
  for (const auto& [id, expiresAt] :
       {std::pair("young", 3000), std::pair("old", 1000), std::pair("middle", 2000)}) {
    store->unfinishedUploads().insert(uploadOf(id, expiresAt), kMany);
  }
  const auto expiredAt = [&](std::int64_t time, std::size_t limit) {
    return idsOf(store->unfinishedUploads().expiredBefore(Timestamp(seconds(time)), limit));
  };

  EXPECT_THAT(expiredAt(2500, 10), testing::ElementsAre("old", "middle"));
  EXPECT_THAT(expiredAt(2500, 1), testing::ElementsAre("old"));
  EXPECT_THAT(expiredAt(1000, 10), testing::IsEmpty());
}

}  // namespace
}  // namespace mediadock::records
