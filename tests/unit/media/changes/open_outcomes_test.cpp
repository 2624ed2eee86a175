// Operations of which the storage did not tell what became of them.

#include "media/changes/open_outcomes.h"

#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Kind = records::UnfinishedOperation::Kind;

class OpenOutcomesTest : public testing::Test {
 protected:
  OpenOutcomesTest() { world.upload("a", {.folder = "x"_path}); }

  void remove(const StoragePath& path, const RemoveOptions& options = {}) {
    world.service->remove(path, options, world.context);
  }

  void move(const StoragePath& from, const StoragePath& to) {
    world.service->move(from, to, world.context);
  }

  std::vector<Reconciled> resolve() { return world.service->outcomes().resolveDue(world.context); }

  /// Lets `call` end as if its answer had been lost at `step`.
  template <typename Call>
  void lose(const std::string& step, Call call) {
    world.failAt(step, StorageErrc::Timeout, Retry::OutcomeUnknown);
    EXPECT_THAT(call, ThrowsStorageError(StorageErrc::Timeout));
    world.onStep({});
  }

  /// Makes what is open as old as it has to be for the storage to be past it.
  void age() {
    for (const auto& operation : world.store->openOperations({})) {
      const auto& record = operation.record;
      const records::Announcement announcement{
          .kind = operation.kind, .id = record.id, .path = record.path, .target = operation.target};
      if (operation.kind == Kind::Remove) {
        world.store->beginRemove(record.path);
      }
      world.store->leaveOpen(announcement, *operation.openSince - OpenOutcomes::kTimeout);
    }
  }

  MediaWorld world;
};

TEST_F(OpenOutcomesTest, ARecordIsShownUntilItsRemovalIsKnown) {
  lose("before remove", [&] { remove("x/a"_path); });

  EXPECT_THAT(world.records(), ElementsAre("x/a"));
  const auto shown = world.service->browse({.folder = "x"_path, .includeMedia = true}, {});
  ASSERT_THAT(shown.items, SizeIs(1));
  EXPECT_NE(shown.items.front().record, nullptr);
}

TEST_F(OpenOutcomesTest, ARemovalThatHasHappenedIsSettledAtOnce) {
  lose("after remove", [&] { remove("x/a"_path); });

  EXPECT_THAT(resolve(), SizeIs(1));

  EXPECT_THAT(world.records(), IsEmpty());
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, ARemovalThatHasNotHappenedYetMayStillHappen) {
  lose("before remove", [&] { remove("x/a"_path); });

  EXPECT_THAT(resolve(), IsEmpty());
  EXPECT_THAT(world.store->openOperations({}), SizeIs(1));
  age();
  world.restart();
  EXPECT_THAT(resolve(), SizeIs(1));

  EXPECT_THAT(world.records(), ElementsAre("x/a"));
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, ARemovedFolderIsSettledFileByFile) {
  world.upload("b", {.folder = "x"_path});
  world.onStep([&](const std::string& step) {
    if (step == "before remove") {
      world.storage->remove("x/b"_path, {}, {});
      throw StorageError({.code = StorageErrc::Timeout, .retry = Retry::OutcomeUnknown});
    }
  });
  EXPECT_THROW(remove("x"_path, {.recursive = true}), StorageError);
  world.onStep({});

  resolve();
  EXPECT_THAT(world.records(), ElementsAre("x/a"));
  age();
  world.restart();
  resolve();

  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AMoveIsSettledEitherWay) {
  lose("after move", [&] { move("x/a"_path, "y/b"_path); });
  EXPECT_THAT(resolve(), SizeIs(1));
  EXPECT_THAT(world.records(), ElementsAre("y/b"));
  world.expectInStep();

  lose("before move", [&] { move("y/b"_path, "z"_path); });
  EXPECT_THAT(resolve(), IsEmpty());
  age();
  world.restart();
  EXPECT_THAT(resolve(), SizeIs(1));
  EXPECT_THAT(world.records(), ElementsAre("y/b"));
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AnUploadIsSettledEitherWay) {
  const UploadFields fields{.folder = "y"_path, .texts = {.customerId = "C-17"}};
  lose("after commit", [&] { world.upload("b", fields); });
  EXPECT_THAT(resolve(), SizeIs(1));
  EXPECT_EQ(world.store->findAt("y/b"_path)->customerId, "C-17");
  world.expectInStep();

  lose("before commit", [&] { world.upload("c", fields); });
  EXPECT_THAT(resolve(), IsEmpty());
  age();
  world.restart();
  EXPECT_THAT(resolve(), SizeIs(1));
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AReplacedFileKeepsItsRecordMeanwhile) {
  const auto former = world.store->findAt("x/a"_path);
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Replace};

  lose("before commit", [&] { world.upload("a", fields, "longer content"); });

  EXPECT_EQ(world.store->findAt("x/a"_path), former);
}

/// Every step at which the records may fail between an announcement and its end.
class FailingRecords : public OpenOutcomesTest, public testing::WithParamInterface<const char*> {
 protected:
  void changeAll() {
    try {
      world.upload("new", {.folder = "x"_path});
    } catch (const StorageError&) {
    }
    try {
      move("x/a"_path, "x/moved"_path);
    } catch (const StorageError&) {
    }
    try {
      remove("x/gone"_path);
    } catch (const StorageError&) {
    }
  }
};

TEST_P(FailingRecords, AreInStepOnceTheyWorkAgain) {
  world.upload("gone", {.folder = "x"_path});
  world.upload("other", {.folder = "y"_path});
  world.onStep([](const std::string& step) {
    if (step == GetParam() || step == "before leaveOpen") {
      throw StorageError({.code = StorageErrc::Unavailable, .retry = Retry::AfterDelay});
    }
  });
  changeAll();
  ASSERT_FALSE(world.store->unfinished().empty());
  EXPECT_THAT([&] { resolve(); }, ThrowsStorageError(StorageErrc::Unavailable));
  world.onStep({});

  // The next round is a second away: a new one that is left open brings it forward.
  lose("after remove", [&] { remove("y/other"_path); });
  resolve();

  world.expectInStep();
}

INSTANTIATE_TEST_SUITE_P(Steps, FailingRecords,
                         testing::Values("before finishUpload", "before finishMove",
                                         "before finishRemove"),
                         [](const auto& tested) { return std::string(tested.param).substr(7); });

TEST_F(OpenOutcomesTest, WhatCannotBeTakenBackIsSettledLater) {
  world.onStep([](const std::string& step) {
    if (step == "before remove" || step == "before cancelRemove") {
      throw StorageError({.code = StorageErrc::Connection, .retry = Retry::Safe});
    }
  });
  EXPECT_THAT([&] { remove("x/a"_path); }, ThrowsStorageError(StorageErrc::Connection));

  EXPECT_THAT(world.records(), ElementsAre("x/a"));
  EXPECT_THAT(world.store->openOperations({}), SizeIs(1));
}

TEST_F(OpenOutcomesTest, AStorageThatCannotBeAskedIsAskedAgain) {
  lose("after remove", [&] { remove("x/a"_path); });
  world.failAt("before stat", StorageErrc::Connection);

  EXPECT_THAT([&] { resolve(); }, ThrowsStorageError(StorageErrc::Connection));

  EXPECT_THAT(world.records(), ElementsAre("x/a"));
  EXPECT_THAT(world.store->openOperations({}), SizeIs(1));
}

TEST_F(OpenOutcomesTest, APlaceThatCannotBeAskedKeepsNoOtherWaiting) {
  world.upload("b", {.folder = "y"_path});
  lose("after remove", [&] { remove("x/a"_path); });
  lose("after remove", [&] { remove("y/b"_path); });
  int looks = 0;
  world.onStep([&](const std::string& step) {
    if (step == "before stat" && ++looks == 1) {
      throw StorageError({.code = StorageErrc::Unavailable, .retry = Retry::AfterDelay});
    }
  });

  EXPECT_THAT(resolve(), SizeIs(1));
  EXPECT_THAT(world.store->openOperations({}), SizeIs(1));
}

TEST_F(OpenOutcomesTest, ARoundLooksAtSoManyAndTheNextGoesOn) {
  constexpr std::size_t kMore = OpenOutcomes::kLooksPerRound + 5;
  for (std::size_t i = 0; i < kMore; ++i) {
    world.store->insert(
        {.id = std::to_string(i), .path = StoragePath::parse("z/" + std::to_string(i))});
  }
  world.store->beginRemove("z"_path);
  world.store->leaveOpen({.kind = Kind::Remove, .path = "z"_path},
                         Timestamp(std::chrono::seconds(1)));
  int looks = 0;
  world.onStep([&](const std::string& step) { looks += step == "before stat" ? 1 : 0; });

  EXPECT_THAT(resolve(), SizeIs(OpenOutcomes::kLooksPerRound));

  EXPECT_EQ(looks, OpenOutcomes::kLooksPerRound);
  EXPECT_THAT(world.store->openOperations({}), SizeIs(5));
}

TEST_F(OpenOutcomesTest, CostNothingWhereNoneIsOpen) {
  resolve();
  int calls = 0;
  world.onStep([&](const std::string& step) { calls += step.starts_with("before stat") ? 1 : 0; });

  EXPECT_THAT(resolve(), IsEmpty());
  remove("x/a"_path);

  EXPECT_EQ(calls, 0);
}

TEST_F(OpenOutcomesTest, ANewOperationDoesNotBuildOnAnOpenOne) {
  lose("after move", [&] { move("x/a"_path, "y/b"_path); });

  EXPECT_THAT([&] { remove("x/a"_path); }, ThrowsStorageError(StorageErrc::NotFound));

  EXPECT_THAT(world.records(), ElementsAre("y/b"));
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AFileWhoseRemovalIsOpenCanBeMoved) {
  lose("before remove", [&] { remove("x/a"_path); });

  move("x/a"_path, "y/b"_path);
  resolve();

  EXPECT_THAT(world.records(), ElementsAre("y/b"));
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AnOpenReplacementDoesNotLockTheNextOne) {
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Replace};
  lose("before commit", [&] { world.upload("a", fields, "second"); });

  world.upload("a", fields, "third");

  EXPECT_EQ(world.contentOf("x/a"_path), "third");
  world.expectInStep();
}

TEST_F(OpenOutcomesTest, AnOpenUploadDoesNotGiveItsNameToTheNextOne) {
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Fail};
  lose("after commit", [&] { world.upload("b", fields); });

  EXPECT_THAT([&] { world.upload("b", fields); }, ThrowsStorageError(StorageErrc::AlreadyExists));

  resolve();
  world.expectInStep();
}

}  // namespace
}  // namespace mediadock::media
