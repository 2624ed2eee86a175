#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/records/record_store_suite.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

namespace mediadock::records {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = UnfinishedOperation::Kind;

/// A record of another upload to the same path.
MediaRecord rivalAt(const std::string& path) {
  auto record = recordAt(path);
  record.id = "rival of " + path;
  return record;
}

/// The kinds and paths of what is unfinished.
std::vector<std::pair<Kind, std::string>> unfinished(IRecordStore& store) {
  std::vector<std::pair<Kind, std::string>> found;
  for (const auto& operation : store.unfinished()) {
    found.emplace_back(operation.kind, operation.record.path.str());
  }
  return found;
}

TEST_P(RecordStoreSuite, HidesAPendingRecordUntilItsUploadIsFinished) {
  const auto record = recordAt("a/1");

  store->beginUpload(record);

  EXPECT_EQ(store->find(record.id), std::nullopt);
  EXPECT_EQ(store->findAt(record.path), std::nullopt);
  EXPECT_THAT(readyPaths(*store), IsEmpty());
  EXPECT_THAT(store->query({}), IsEmpty());
  EXPECT_THAT(unfinished(*store), ElementsAre(std::pair(Kind::Upload, "a/1")));
  EXPECT_EQ(store->finishUpload(record), record);
  EXPECT_EQ(store->findAt(record.path), record);
  EXPECT_THAT(unfinished(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, LetsOneUploadReserveAPath) {
  store->beginUpload(recordAt("a"));

  EXPECT_THAT([&] { store->beginUpload(rivalAt("a")); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_P(RecordStoreSuite, LetsOneOfManyHostsReserveAPath) {
  constexpr int kHosts = 4;
  std::vector<std::unique_ptr<IRecordStore>> hosts;
  for (int i = 0; i < kHosts; ++i) {
    hosts.push_back(database->open());
  }
  std::atomic<int> winners = 0;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kHosts; ++i) {
      threads.emplace_back([&, i] {
        auto record = recordAt("a");
        record.id = std::to_string(i);
        try {
          hosts[static_cast<std::size_t>(i)]->beginUpload(record);
          ++winners;
        } catch (const StorageError& error) {
          refused += error.code() == StorageErrc::AlreadyExists ? 1 : 0;
        }
      });
    }
  }

  EXPECT_EQ(winners, 1);
  EXPECT_EQ(refused, kHosts - 1);
}

TEST_P(RecordStoreSuite, FreesAPathWhenAnUploadIsCancelled) {
  store->beginUpload(recordAt("a"));

  store->cancelUpload(recordAt("a").id);
  store->cancelUpload("never begun");

  EXPECT_NO_THROW(store->beginUpload(rivalAt("a")));
}

TEST_P(RecordStoreSuite, LeavesAReadyRecordAloneWhenAnUploadOfItsIdIsCancelled) {
  store->insert(recordAt("a"));

  store->cancelUpload(recordAt("a").id);

  EXPECT_THAT(readyPaths(*store), ElementsAre("a"));
}

TEST_P(RecordStoreSuite, KeepsTheReadyRecordWhileItsFileIsBeingReplaced) {
  store->insert(recordAt("a"));

  store->beginUpload(rivalAt("a"));

  EXPECT_EQ(store->findAt(StoragePath::parse("a")), recordAt("a"));
}

TEST_P(RecordStoreSuite, KeepsIdAndCreationTimeWhenAFileIsReplaced) {
  auto upload = rivalAt("a");
  upload.createdAt += std::chrono::hours(1);
  upload.customerId = "C-18";
  upload.size = 7;
  upload.etag = ETag{.value = "v2"};
  auto expected = upload;
  expected.id = recordAt("a").id;
  expected.createdAt = recordAt("a").createdAt;
  store->insert(recordAt("a"));
  store->beginUpload(upload);

  EXPECT_EQ(store->finishUpload(upload), expected);
  EXPECT_EQ(store->findAt(upload.path), expected);
  EXPECT_EQ(store->find(upload.id), std::nullopt);
}

TEST_P(RecordStoreSuite, KeepsWhatAReplacingUploadDoesNotSay) {
  const MediaRecord upload{
      .id = "rival", .filename = "a", .path = StoragePath::parse("a"), .size = 7};
  auto expected = upload;
  expected.id = recordAt("a").id;
  expected.createdAt = recordAt("a").createdAt;
  expected.customerId = recordAt("a").customerId;
  expected.orderId = recordAt("a").orderId;
  expected.direction = recordAt("a").direction;
  expected.tags = recordAt("a").tags;
  expected.uploadedBy = recordAt("a").uploadedBy;
  store->insert(recordAt("a"));
  store->beginUpload(upload);

  EXPECT_EQ(store->finishUpload(upload), expected);
}

TEST_P(RecordStoreSuite, FinishesAnUploadWhosePendingRecordIsGone) {
  store->beginUpload(recordAt("a"));
  store->cancelUpload(recordAt("a").id);

  store->finishUpload(recordAt("a"));

  EXPECT_THAT(readyPaths(*store), ElementsAre("a"));
}

TEST_P(RecordStoreSuite, HidesRecordsWhileTheirFilesAreBeingRemoved) {
  store->insert(recordAt("a/1"));
  store->insert(recordAt("a/b/2"));
  store->insert(recordAt("ab/3"));

  EXPECT_EQ(store->beginRemove(StoragePath::parse("a")), 2U);

  EXPECT_THAT(readyPaths(*store), ElementsAre("ab/3"));
  EXPECT_EQ(store->find(recordAt("a/1").id), std::nullopt);
  EXPECT_THAT(unfinished(*store), testing::UnorderedElementsAre(std::pair(Kind::Remove, "a/1"),
                                                                std::pair(Kind::Remove, "a/b/2")));
  store->finishRemove(StoragePath::parse("a"));
  EXPECT_THAT(unfinished(*store), IsEmpty());
  EXPECT_THAT(readyPaths(*store), ElementsAre("ab/3"));
}

TEST_P(RecordStoreSuite, BringsRecordsBackWhenARemovalIsCancelled) {
  store->insert(recordAt("a/1"));
  store->beginRemove(StoragePath::parse("a"));

  store->cancelRemove(StoragePath::parse("a"));

  EXPECT_EQ(store->findAt(StoragePath::parse("a/1")), recordAt("a/1"));
}

TEST_P(RecordStoreSuite, CountsTheRecordsOfARemovalThatIsRepeated) {
  store->insert(recordAt("a"));
  store->beginRemove(StoragePath::parse("a"));

  EXPECT_EQ(store->beginRemove(StoragePath::parse("a")), 1U);
  EXPECT_EQ(store->beginRemove(StoragePath::parse("b")), 0U);
}

TEST_P(RecordStoreSuite, LeavesARecordThatCameDuringARemoval) {
  store->insert(recordAt("a"));
  store->beginRemove(StoragePath::parse("a"));
  store->beginUpload(rivalAt("a"));

  store->finishUpload(rivalAt("a"));
  store->finishRemove(StoragePath::parse("a"));

  EXPECT_EQ(store->findAt(StoragePath::parse("a")), rivalAt("a"));
}

TEST_P(RecordStoreSuite, MovesTheRecordsOfAFolder) {
  store->insert(recordAt("a/1"));
  store->insert(recordAt("a/b/2"));
  store->insert(recordAt("ab/3"));

  store->beginMove(StoragePath::parse("a"), StoragePath::parse("x/y"));

  EXPECT_THAT(readyPaths(*store), ElementsAre("a/1", "a/b/2", "ab/3"));
  EXPECT_EQ(store->unfinished().front().kind, Kind::Move);
  EXPECT_EQ(store->unfinished().front().target, StoragePath::parse("x/y/1"));
  store->finishMove(StoragePath::parse("a"), StoragePath::parse("x/y"));
  EXPECT_THAT(readyPaths(*store), ElementsAre("ab/3", "x/y/1", "x/y/b/2"));
  EXPECT_THAT(unfinished(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, RenamesTheRecordOfAFileWithIt) {
  auto expected = recordAt("a.jpg");
  expected.path = StoragePath::parse("b.jpg");
  expected.filename = "b.jpg";
  store->insert(recordAt("a.jpg"));

  store->beginMove(StoragePath::parse("a.jpg"), StoragePath::parse("b.jpg"));
  store->finishMove(StoragePath::parse("a.jpg"), StoragePath::parse("b.jpg"));

  EXPECT_EQ(store->find(expected.id), expected);
}

TEST_P(RecordStoreSuite, DropsAStaleRecordAtTheTargetOfAMove) {
  store->insert(recordAt("a"));
  store->insert(recordAt("b"));

  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));
  store->finishMove(StoragePath::parse("a"), StoragePath::parse("b"));

  EXPECT_EQ(store->findAt(StoragePath::parse("b"))->id, recordAt("a").id);
  EXPECT_EQ(store->find(recordAt("b").id), std::nullopt);
}

TEST_P(RecordStoreSuite, LeavesRecordsWhereTheyWereWhenAMoveIsCancelled) {
  store->insert(recordAt("a/1"));
  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));

  store->cancelMove(StoragePath::parse("a"), StoragePath::parse("b"));

  EXPECT_EQ(store->findAt(StoragePath::parse("a/1")), recordAt("a/1"));
  EXPECT_THAT(unfinished(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, FinishesTheMoveOfOneFileOfAFolder) {
  store->insert(recordAt("a/1"));
  store->insert(recordAt("a/2"));
  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));

  store->finishMove(StoragePath::parse("a/1"), StoragePath::parse("b/1"));
  store->cancelMove(StoragePath::parse("a/2"), StoragePath::parse("b/2"));

  EXPECT_THAT(readyPaths(*store), ElementsAre("a/2", "b/1"));
  EXPECT_THAT(unfinished(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, LeavesARecordThatCameDuringAMove) {
  store->insert(recordAt("a/1"));
  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));

  store->insert(recordAt("a/2"));
  store->finishMove(StoragePath::parse("a"), StoragePath::parse("b"));

  EXPECT_THAT(readyPaths(*store), ElementsAre("a/2", "b/1"));
}

TEST_P(RecordStoreSuite, RenewsTheEtagOfTheSameBytesOnly) {
  auto record = recordAt("a");
  record.etag = ETag{.value = "one"};
  store->insert(record);
  const ETag two{.value = "two"};

  store->renewEtag(record.path, ETag{.value = "other"}, two);
  EXPECT_EQ(store->findAt(record.path)->etag, record.etag);

  store->renewEtag(record.path, *record.etag, two);
  EXPECT_EQ(store->findAt(record.path)->etag, two);
}

TEST_P(RecordStoreSuite, KeepsAMoveInMindWhenARecordIsEditedOrItsFileReplaced) {
  store->insert(recordAt("a"));
  store->beginMove(StoragePath::parse("a"), StoragePath::parse("b"));

  store->update(recordAt("a").id, {.customerId = "C-18"});
  store->finishUpload(rivalAt("a"));

  EXPECT_THAT(unfinished(*store), ElementsAre(std::pair(Kind::Move, "a")));
}

TEST_P(RecordStoreSuite, TellsTheNextHostWhatIsUnfinished) {
  store->beginUpload(recordAt("a"));

  store = database->open();

  EXPECT_EQ(store->unfinished().front().record, recordAt("a"));
}

}  // namespace
}  // namespace mediadock::records
