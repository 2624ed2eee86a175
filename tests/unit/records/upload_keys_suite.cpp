#include "records/upload_keys.h"
#include "unit/records/record_store_suite.h"

#include <gmock/gmock.h>

namespace mediadock::records {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const UploadKey kKey{"eleni", "k-1"};

Timestamp at(int minutes) {
  return Timestamp(std::chrono::minutes(minutes));
}

const UploadLease kFirst{"upload-1", at(10)};
const UploadLease kSecond{"upload-2", at(20)};

TEST_P(RecordStoreSuite, UploadKeysGiveAKeyToTheFirstWhoTakesIt) {
  EXPECT_FALSE(store->uploadKeys().take(kKey, kFirst, at(0)));

  const auto former = store->uploadKeys().take(kKey, kSecond, at(1));

  ASSERT_TRUE(former);
  EXPECT_EQ(former->lease, kFirst);
  EXPECT_FALSE(former->hasArrived());
}

TEST_P(RecordStoreSuite, UploadKeysTellCallersApart) {
  store->uploadKeys().take(kKey, kFirst, at(0));

  EXPECT_FALSE(store->uploadKeys().take({"nikos", kKey.key}, kSecond, at(0)));
  EXPECT_FALSE(store->uploadKeys().take({kKey.caller, "k-2"}, kSecond, at(0)));
}

TEST_P(RecordStoreSuite, UploadKeysAreSharedByAllHostsOfADatabase) {
  store->uploadKeys().take(kKey, kFirst, at(0));

  EXPECT_TRUE(database->open()->uploadKeys().take(kKey, kSecond, at(1)));
}

TEST_P(RecordStoreSuite, UploadKeysRememberWhatArrived) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));

  keys.finish(kKey, kFirst, "print", {"id-1", "id-2"}, at(1));

  const auto former = keys.take(kKey, kSecond, at(2));
  ASSERT_TRUE(former);
  EXPECT_EQ(former->fingerprint, "print");
  EXPECT_THAT(former->recordIds, ElementsAre("id-1", "id-2"));
  EXPECT_FALSE(keys.exchange(kKey, kFirst, kSecond)) << "nothing is left to take over";
}

TEST_P(RecordStoreSuite, UploadKeysLetOneOfTwoTakeOver) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));

  EXPECT_TRUE(keys.exchange(kKey, kFirst, kSecond));
  EXPECT_FALSE(keys.exchange(kKey, kFirst, {"upload-3", at(30)}));
  EXPECT_EQ(keys.take(kKey, kFirst, at(1))->lease, kSecond);
}

TEST_P(RecordStoreSuite, UploadKeysIgnoreWhoLostItsLease) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));
  keys.exchange(kKey, kFirst, kSecond);

  keys.finish(kKey, kFirst, "print", {"id-1"}, at(1));
  keys.release(kKey, kFirst);

  const auto former = keys.take(kKey, {"upload-3", at(30)}, at(2));
  ASSERT_TRUE(former);
  EXPECT_EQ(former->lease, kSecond);
  EXPECT_FALSE(former->hasArrived());
}

TEST_P(RecordStoreSuite, UploadKeysAreFreeOnceReleased) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));

  keys.release(kKey, kFirst);

  EXPECT_FALSE(keys.take(kKey, kSecond, at(1)));
}

TEST_P(RecordStoreSuite, UploadKeysAreForgottenAfterADay) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));
  keys.finish(kKey, kFirst, "print", {"id-1"}, at(0));
  const Timestamp end = at(0) + IUploadKeys::kMemory;

  EXPECT_TRUE(keys.take(kKey, kSecond, end - std::chrono::microseconds(1)));
  EXPECT_FALSE(keys.take(kKey, kSecond, end));
}

TEST_P(RecordStoreSuite, UploadKeysCanAllBeTakenOverAfterTheirLeasesEnd) {
  auto& keys = store->uploadKeys();
  keys.take(kKey, kFirst, at(0));

  keys.endLeases();

  const auto former = keys.take(kKey, kSecond, at(1));
  ASSERT_TRUE(former);
  EXPECT_LE(former->lease.until, at(0));
  EXPECT_FALSE(keys.exchange(kKey, kFirst, {kFirst.uploadId, at(30)}));
}

TEST_P(RecordStoreSuite, X72UploadKeysKeepKeysOfAnyCharacters) {
  const UploadKey key{"'); DROP TABLE crm_media;--", "a' OR '1'='1"};

  EXPECT_FALSE(store->uploadKeys().take(key, kFirst, at(0)));
  EXPECT_TRUE(store->uploadKeys().take(key, kSecond, at(0)));
  EXPECT_THAT(readyPaths(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, FindsTheRecordsOfAnUpload) {
  auto first = recordAt("a");
  auto second = recordAt("b");
  first.uploadId = second.uploadId = "upload-1";
  store->beginUpload(first);
  store->beginUpload(second);
  store->finishUpload(first);
  store->insert(recordAt("c"));

  const auto trace = store->findUpload("upload-1");

  EXPECT_THAT(trace.ready, ElementsAre(first));
  EXPECT_THAT(trace.pending, ElementsAre(second));
  EXPECT_THAT(store->findUpload("upload-2").ready, IsEmpty());
}

TEST_P(RecordStoreSuite, FindsTheRecordThatAReplacementLeft) {
  store->insert(recordAt("a"));
  auto replacement = recordAt("a");
  replacement.id = "new";
  replacement.uploadId = "upload-1";
  store->beginUpload(replacement);

  const auto finished = store->finishUpload(replacement);

  EXPECT_NE(finished.id, "new");
  EXPECT_THAT(store->findUpload("upload-1").ready, ElementsAre(finished));
  store->update(finished.id, {.customerId = "c"});
  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));
  store->finishMove(StoragePath::parse("a"), StoragePath::parse("b"));
  EXPECT_THAT(store->findUpload("upload-1").ready, SizeIs(1));
}

}  // namespace
}  // namespace mediadock::records
