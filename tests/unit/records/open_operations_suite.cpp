#include "unit/records/record_store_suite.h"

#include <gmock/gmock.h>

#include <vector>

namespace mediadock::records {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Kind = UnfinishedOperation::Kind;

const Timestamp kThen{std::chrono::seconds(1700000000)};

StoragePath at(const char* path) {
  return StoragePath::parse(path);
}

std::vector<UnfinishedOperation> openOnes(IRecordStore& store, const StoragePath& within = {}) {
  return store.openOperations({.within = within});
}

std::vector<std::string> openPaths(IRecordStore& store, const StoragePath& within = {}) {
  std::vector<std::string> paths;
  for (const auto& operation : openOnes(store, within)) {
    paths.push_back(operation.record.path.str());
  }
  return paths;
}

TEST_P(RecordStoreSuite, ShowsTheRecordsOfARemovalWhoseOutcomeIsOpen) {
  store->insert(recordAt("a/1"));
  store->insert(recordAt("b"));
  store->beginRemove(at("a"));

  store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);

  EXPECT_THAT(readyPaths(*store), ElementsAre("a/1", "b"));
  EXPECT_THAT(store->query({}), SizeIs(2));
  ASSERT_THAT(openOnes(*store), SizeIs(1));
  EXPECT_EQ(openOnes(*store).front().kind, Kind::Remove);
  EXPECT_EQ(openOnes(*store).front().openSince, kThen);
  EXPECT_THAT(store->unfinished(), SizeIs(1));
}

TEST_P(RecordStoreSuite, SettlesARemoval) {
  for (const bool hasHappened : {true, false}) {
    store->insert(recordAt("a"));
    store->beginRemove(at("a"));
    store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);

    store->resolve(openOnes(*store).front(), hasHappened);

    EXPECT_EQ(store->findAt(at("a")).has_value(), !hasHappened);
    EXPECT_THAT(store->unfinished(), IsEmpty());
  }
}

TEST_P(RecordStoreSuite, SettlesAnUpload) {
  auto record = recordAt("a");
  store->beginUpload(record);
  store->leaveOpen({.kind = Kind::Upload, .id = record.id}, kThen);
  EXPECT_EQ(store->findAt(at("a")), std::nullopt);
  auto operation = openOnes(*store).front();
  operation.record.etag = ETag{.value = "new"};

  store->resolve(operation, true);

  EXPECT_EQ(store->findAt(at("a"))->etag, ETag{.value = "new"});
  EXPECT_THAT(store->unfinished(), IsEmpty());
}

TEST_P(RecordStoreSuite, FreesThePathOfAnUploadThatHasNotHappened) {
  store->beginUpload(recordAt("a"));
  store->leaveOpen({.kind = Kind::Upload, .id = recordAt("a").id}, kThen);

  store->resolve(openOnes(*store).front(), false);

  EXPECT_NO_THROW(store->beginUpload(recordAt("a")));
}

TEST_P(RecordStoreSuite, SettlesEachRecordOfAMove) {
  store->insert(recordAt("a/1"));
  store->insert(recordAt("a/2"));
  store->beginMove(at("a"), at("b"));
  store->leaveOpen({.kind = Kind::Move, .path = at("a"), .target = at("b")}, kThen);
  EXPECT_THAT(readyPaths(*store), ElementsAre("a/1", "a/2"));

  for (const auto& operation : openOnes(*store)) {
    EXPECT_EQ(operation.kind, Kind::Move);
    store->resolve(operation, operation.record.path == at("a/1"));
  }

  EXPECT_THAT(readyPaths(*store), ElementsAre("a/2", "b/1"));
  EXPECT_THAT(store->unfinished(), IsEmpty());
}

TEST_P(RecordStoreSuite, DoesNotSettleWhatAnotherCallHasTakenOver) {
  store->insert(recordAt("a"));
  store->beginRemove(at("a"));
  store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);
  const auto open = openOnes(*store).front();

  store->beginRemove(at("a"));
  store->resolve(open, false);
  EXPECT_EQ(store->findAt(at("a")), std::nullopt);
  store->cancelRemove(at("a"));
  store->resolve(open, true);

  EXPECT_EQ(store->findAt(at("a")), recordAt("a"));
}

TEST_P(RecordStoreSuite, LeavesOpenOnlyWhatHasNotEnded) {
  store->insert(recordAt("a"));
  store->insert(recordAt("b"));
  store->beginMove(at("b"), at("c"));

  store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);
  store->leaveOpen({.kind = Kind::Upload, .id = recordAt("a").id}, kThen);
  store->leaveOpen({.kind = Kind::Move, .path = at("b"), .target = at("d")}, kThen);

  EXPECT_THAT(openPaths(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, KeepsAnOpenRemovalWhenItsRecordIsEdited) {
  store->insert(recordAt("a"));
  store->beginRemove(at("a"));
  store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);

  store->update(recordAt("a").id, {.customerId = "C-18"});

  EXPECT_THAT(openPaths(*store), ElementsAre("a"));
}

TEST_P(RecordStoreSuite, ForgetsAnOpenRemovalOfAFileThatIsReplaced) {
  auto upload = recordAt("a");
  upload.id = "another";
  store->insert(recordAt("a"));
  store->beginRemove(at("a"));
  store->leaveOpen({.kind = Kind::Remove, .path = at("a")}, kThen);

  store->beginUpload(upload);
  store->finishUpload(upload);

  EXPECT_THAT(openPaths(*store), IsEmpty());
  EXPECT_THAT(readyPaths(*store), ElementsAre("a"));
}

TEST_P(RecordStoreSuite, LeavesAllOpenThatAnEarlierHostBegan) {
  store->insert(recordAt("a"));
  store->insert(recordAt("b"));
  store->insert(recordAt("quiet"));
  store->beginUpload(recordAt("c"));
  store->beginRemove(at("a"));
  store->beginMove(at("b"), at("d"));

  database->open()->leaveAllOpen(kThen);

  EXPECT_THAT(openPaths(*store), testing::UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(readyPaths(*store), ElementsAre("a", "b", "quiet"));
}

TEST_P(RecordStoreSuite, GivesOpenOperationsInPages) {
  for (const char* path : {"a/1", "a/2", "a/3", "b"}) {
    store->insert(recordAt(path));
  }
  store->beginRemove({});
  store->leaveOpen({.kind = Kind::Remove}, kThen);

  const auto first = store->openOperations({.within = at("a"), .limit = 2});
  ASSERT_THAT(first, SizeIs(2));
  const auto rest = store->openOperations({.within = at("a"), .afterId = first.back().record.id});

  ASSERT_THAT(rest, SizeIs(1));
  EXPECT_EQ(rest.front().record.path, at("a/3"));
}

}  // namespace
}  // namespace mediadock::records
