#include "media/rules/reconcile.h"

#include "media/rules/new_record.h"
#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ReconcileTest : public testing::Test {
 protected:
  std::vector<Reconciled> run(const ReconcileOptions& options = {}) {
    return reconcile(*world.storage, *world.store, options, world.context);
  }

  /// Announces the upload of `size` bytes to `path`.
  void announce(const StoragePath& path, std::uint64_t size) {
    auto record = makeRecord(path, {});
    record.size = size;
    world.store->beginUpload(record);
  }

  MediaWorld world;
};

TEST_F(ReconcileTest, FindsNothingWhereNothingWasInterrupted) {
  world.upload("a", {.folder = "x"_path});

  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(ReconcileTest, MakesTheRecordOfAFileThatGotThereReady) {
  world.put("a"_path, "content");
  announce("a"_path, 7);

  const auto report = run();

  ASSERT_THAT(report, SizeIs(1));
  EXPECT_TRUE(report.front().isFinished);
  EXPECT_THAT(report.front().description, HasSubstr("upload of 'a'"));
  EXPECT_EQ(world.store->findAt("a"_path)->etag, world.storage->stat("a"_path, {})->etag);
}

TEST_F(ReconcileTest, DropsTheRecordOfAFileThatDidNotGetThere) {
  announce("a"_path, 7);

  EXPECT_FALSE(run().front().isFinished);

  EXPECT_THAT(world.records(), IsEmpty());
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(ReconcileTest, DoesNotClaimAFileOfAnotherSize) {
  world.put("a"_path, "foreign content");
  announce("a"_path, 7);

  EXPECT_FALSE(run().front().isFinished);

  EXPECT_THAT(world.records(), IsEmpty());
}

TEST_F(ReconcileTest, DoesNotGiveTheFormerFileTheRecordOfItsReplacement) {
  const auto former = world.upload("a", {.folder = "x"_path}, "content");
  announce("x/a"_path, 7);

  EXPECT_FALSE(run().front().isFinished);

  EXPECT_EQ(world.store->findAt("x/a"_path), former);
  world.expectInStep();
}

TEST_F(ReconcileTest, DoesNotTakeAFolderForTheFile) {
  world.storage->makeDirectory("a"_path, {});
  announce("a"_path, 0);

  EXPECT_FALSE(run().front().isFinished);
}

TEST_F(ReconcileTest, LeavesAMoveWhoseSourceStillStands) {
  world.upload("a", {.folder = "x"_path});
  world.put("x/b"_path, "foreign");
  world.store->beginMove("x/a"_path, "x/b"_path);

  EXPECT_FALSE(run().front().isFinished);

  EXPECT_THAT(world.records(), ElementsAre("x/a"));
}

TEST_F(ReconcileTest, OnlyTellsInADryRun) {
  world.put("a"_path, "content");
  announce("a"_path, 7);

  EXPECT_THAT(run({.isDryRun = true}), SizeIs(1));

  EXPECT_THAT(world.store->unfinished(), SizeIs(1));
  EXPECT_THAT(world.records(), IsEmpty());
}

TEST_F(ReconcileTest, ChangesNothingWhereTheStorageCannotBeAsked) {
  announce("a"_path, 7);
  announce("b"_path, 7);
  int stats = 0;
  const auto storage = intercept(world.storage, [&](const std::string& step) {
    if (step == "before stat" && ++stats == 2) {
      throw StorageError(StorageErrc::Connection, "injected");
    }
  });

  EXPECT_THAT([&] { reconcile(*storage, *world.store, {}, world.context); },
              ThrowsStorageError(StorageErrc::Connection));

  EXPECT_THAT(world.store->unfinished(), SizeIs(2));
}

TEST_F(ReconcileTest, LooksOnlyWhereAndAtWhatItIsAskedTo) {
  world.upload("a", {.folder = "x"_path});
  world.store->beginRemove("x/a"_path);
  announce("x/b"_path, 7);
  announce("y/b"_path, 7);

  EXPECT_THAT(run({.isDryRun = true, .within = "x"_path}), SizeIs(2));
  EXPECT_THAT(run({.isDryRun = true, .kind = records::UnfinishedOperation::Kind::Upload}),
              SizeIs(2));
}

}  // namespace
}  // namespace mediadock::media
