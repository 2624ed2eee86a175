#include "media/media_service.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <thread>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MediaServiceTest : public testing::Test {
 protected:
  void remove(const StoragePath& path, const RemoveOptions& options = {}) {
    world.service->remove(path, options, world.context);
  }

  Entry move(const StoragePath& from, const StoragePath& to) {
    return world.service->move(from, to, world.context).entry;
  }

  MediaWorld world;
};

TEST_F(MediaServiceTest, RemovesAFileWithItsRecord) {
  world.upload("a", {.folder = "x"_path});
  world.upload("b", {.folder = "x"_path});

  remove("x/a"_path);

  EXPECT_THAT(world.files(), ElementsAre("x/b"));
  world.expectInStep();
}

TEST_F(MediaServiceTest, RemovesAFileWithoutARecord) {
  world.put("a"_path);

  remove("a"_path);

  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(MediaServiceTest, RemovesARecordWhoseFileIsGone) {
  world.upload("a", {.folder = "x"_path});
  world.storage->remove("x/a"_path, {}, {});

  remove("x/a"_path);

  world.expectInStep();
}

TEST_F(MediaServiceTest, SaysNotFoundWhereNeitherFileNorRecordIs) {
  EXPECT_THAT([&] { remove("a"_path); }, ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(MediaServiceTest, RemovesAFolderOnlyWhenAskedTo) {
  world.upload("a", {.folder = "x/y"_path});

  EXPECT_THAT([&] { remove("x"_path); }, ThrowsStorageError(StorageErrc::DirectoryNotEmpty));
  world.expectInStep();
  remove("x"_path, {.recursive = true});
  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(MediaServiceTest, SettlesEachRecordOfAFolderThatWasHalfRemoved) {
  world.upload("a", {.folder = "x"_path});
  world.upload("b", {.folder = "x"_path});
  world.onStep([&](const std::string& step) {
    if (step == "before remove") {
      world.storage->remove("x/a"_path, {}, {});
      throw StorageError(StorageErrc::PermissionDenied, "b is read-only");
    }
  });

  EXPECT_THAT([&] { remove("x"_path, {.recursive = true}); },
              ThrowsStorageError(StorageErrc::PermissionDenied));

  EXPECT_THAT(world.records(), ElementsAre("x/b"));
  world.expectInStep();
}

TEST_F(MediaServiceTest, KeepsTheRecordsWhereTheStorageIsDown) {
  world.upload("a", {.folder = "x"_path});
  world.onStep([](const std::string& step) {
    if (step == "before remove" || step == "before stat") {
      throw StorageError({.code = StorageErrc::Connection, .retry = Retry::Safe});
    }
  });

  EXPECT_THAT([&] { remove("x"_path, {.recursive = true}); },
              ThrowsStorageError(StorageErrc::Connection));

  world.expectInStep();
}

TEST_F(MediaServiceTest, LeavesARemovalOfUnknownOutcomeToBeRepeated) {
  world.upload("a", {.folder = "x"_path});
  world.failAt("after remove", StorageErrc::Timeout, Retry::OutcomeUnknown);

  EXPECT_THAT([&] { remove("x/a"_path); }, ThrowsStorageError(StorageErrc::Timeout));
  world.onStep({});
  EXPECT_NO_THROW(remove("x/a"_path));
  world.expectInStep();
}

TEST_F(MediaServiceTest, NeverRemovesTheRootNorWhatIsReserved) {
  world.upload("a", {.folder = "x"_path});
  int calls = 0;
  world.onStep([&](const std::string& /*step*/) { ++calls; });

  EXPECT_THAT([&] { remove({}, {.recursive = true}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { remove(".mediadock-x"_path); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_EQ(calls, 0);
}

class MediaDigest : public MediaServiceTest {
 protected:
  void insert(const std::string& sha256) {
    world.store->insert({.id = "1", .path = entry_.path, .etag = entry_.etag, .sha256 = sha256});
  }

  std::string ask() { return world.service->sha256Of(entry_); }

  const Entry entry_{.path = "a"_path, .etag = ETag{"e"}};
};

TEST_F(MediaDigest, IsAskedForOnce) {
  insert("one");
  EXPECT_EQ(ask(), "one");
  world.store->erase("1");

  EXPECT_EQ(ask(), "one");
}

TEST_F(MediaDigest, IsNotThatOfAnotherVersion) {
  world.store->insert({.id = "1", .path = entry_.path, .etag = ETag{"f"}, .sha256 = "one"});

  EXPECT_EQ(ask(), "");
}

TEST_F(MediaDigest, IsAskedForAgainWhereItWasNotKnown) {
  EXPECT_EQ(ask(), "");
  insert("one");
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);

  while (ask().empty() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }

  EXPECT_EQ(ask(), "one");
}

class RemoveIfMatch : public testing::TestWithParam<const char*> {};

TEST_P(RemoveIfMatch, RemovesOnlyTheVersionThatWasAskedFor) {
  MediaWorld world(GetParam());
  const auto record = world.upload("a", {.folder = "x"_path});

  EXPECT_THAT(
      [&] {
        world.service->remove(record.path, {.ifMatch = ETag{.value = "another"}}, world.context);
      },
      ThrowsStorageError(StorageErrc::PreconditionFailed));
  world.expectInStep();
  world.service->remove(record.path, {.ifMatch = record.etag}, world.context);
  EXPECT_THAT(world.files(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Storages, RemoveIfMatch, testing::Values("", "remove_if_match"),
                         [](const auto& testInfo) {
                           return testInfo.index == 0 ? "Able" : "Unable";
                         });

TEST_F(MediaServiceTest, MovesAFileWithItsRecordAndMakesTheFolder) {
  const auto record = world.upload("a.jpg", {.folder = "x"_path});

  const auto entry = move("x/a.jpg"_path, "y/z/b.jpg"_path);

  EXPECT_EQ(entry.path, "y/z/b.jpg"_path);
  EXPECT_EQ(world.store->findAt("y/z/b.jpg"_path)->id, record.id);
  world.expectInStep();
}

TEST_F(MediaServiceTest, MovesAFolderWithItsRecords) {
  world.upload("a", {.folder = "x/1"_path});
  world.upload("b", {.folder = "x"_path});

  move("x"_path, "y"_path);

  EXPECT_THAT(world.files(), ElementsAre("y/1/a", "y/b"));
  world.expectInStep();
}

TEST_F(MediaServiceTest, NeverReplacesByAMove) {
  world.upload("a", {.folder = "x"_path});
  world.upload("b", {.folder = "x"_path}, "other");

  EXPECT_THAT([&] { move("x/a"_path, "x/b"_path); },
              ThrowsStorageError(StorageErrc::AlreadyExists));

  EXPECT_EQ(world.contentOf("x/b"_path), "other");
  world.expectInStep();
}

TEST_F(MediaServiceTest, MakesNoFolderForAMoveOfNothing) {
  EXPECT_THAT([&] { move("a"_path, "x/b"_path); }, ThrowsStorageError(StorageErrc::NotFound));

  EXPECT_EQ(world.storage->stat("x"_path, {}), std::nullopt);
}

TEST_F(MediaServiceTest, RefusesAMoveIntoItself) {
  world.upload("a", {.folder = "x"_path});

  EXPECT_THAT([&] { move("x"_path, "x/y/z"_path); },
              ThrowsStorageError(StorageErrc::InvalidArgument));

  EXPECT_EQ(world.storage->stat("x/y"_path, {}), std::nullopt);
  world.expectInStep();
}

TEST_F(MediaServiceTest, KeepsAMoveOfUnknownOutcomeInMind) {
  world.upload("a", {.folder = "x"_path});
  world.failAt("after move", StorageErrc::Connection, Retry::OutcomeUnknown);

  EXPECT_THAT([&] { move("x/a"_path, "x/b"_path); }, ThrowsStorageError(StorageErrc::Connection));

  EXPECT_EQ(world.store->unfinished().front().target, "x/b"_path);
}

TEST_F(MediaServiceTest, HidesWhatIsReserved) {
  world.put(".mediadock-tmp/a"_path);

  EXPECT_EQ(world.service->stat(".mediadock-tmp/a"_path, world.context), std::nullopt);
  EXPECT_THAT([&] { world.service->openFile(".mediadock-tmp/a"_path, {}, world.context); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { world.service->makeFolder("x/.mediadock-y"_path, world.context); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_F(MediaServiceTest, TellsWhetherAFolderIsNew) {
  EXPECT_TRUE(world.service->makeFolder("x/y"_path, world.context));
  EXPECT_FALSE(world.service->makeFolder("x/y"_path, world.context));
}

TEST_F(MediaServiceTest, AddsARecordOfAFileThatStands) {
  world.put("Received Media/a.pdf"_path);

  const auto record = world.service->addRecord(
      {.path = "Received Media/a.pdf"_path, .fields = {.texts = {.customerId = "C-17"}}},
      world.context);

  EXPECT_EQ(record.size, 7U);
  EXPECT_EQ(record.type, records::MediaType::Document);
  EXPECT_EQ(record.direction, records::Direction::Received);
  EXPECT_EQ(record.sha256, "");
  EXPECT_EQ(record.etag, world.storage->stat(record.path, {})->etag);
  EXPECT_EQ(world.service->findRecord(record.id), record);
}

TEST_F(MediaServiceTest, RefusesARecordOfNothingOfAFolderAndTwice) {
  const auto add = [&](const StoragePath& path) {
    world.service->addRecord({.path = path}, world.context);
  };
  world.upload("a", {.folder = "x"_path});

  EXPECT_THAT([&] { add("b"_path); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { add("x"_path); }, ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_THAT([&] { add("x/a"_path); }, ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_F(MediaServiceTest, LeavesTheFileWhenItsRecordIsErased) {
  const auto record = world.upload("a", {.folder = "x"_path});

  world.service->eraseRecord(record.id);

  EXPECT_THAT(world.files(), ElementsAre("x/a"));
  EXPECT_THAT(world.records(), IsEmpty());
}

TEST_F(MediaServiceTest, RefusesABadPatch) {
  const auto record = world.upload("a", {.folder = "x"_path});

  EXPECT_THAT([&] { world.service->updateRecord(record.id, {.orderId = "a\nb"}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(world.service->updateRecord(record.id, {.orderId = "O-5"}).orderId, "O-5");
}

TEST_F(MediaServiceTest, TellsItsLimits) {
  world.put("a"_path);

  const auto limits = world.service->limits(world.context);

  EXPECT_TRUE(limits.isWritable);
  EXPECT_TRUE(limits.capabilities.writeRetarget);
  EXPECT_EQ(limits.quota.used, 7U);
}

TEST(MediaService, TellsItsOtherLimitsWhereTheQuotaIsNotKnown) {
  for (const auto code : {StorageErrc::Internal, StorageErrc::Timeout, StorageErrc::Unsupported}) {
    MediaWorld world;
    world.failAt("before quota", code);

    const StorageLimits limits = world.service->limits(world.context);

    EXPECT_EQ(limits.quota.used, std::nullopt);
    EXPECT_TRUE(limits.isWritable);
    EXPECT_GT(limits.capabilities.maxNameBytes, 0U);
  }
}

TEST_F(MediaServiceTest, SaysWhyThereAreNoLimits) {
  world.failAt("before check", StorageErrc::Unavailable);

  EXPECT_THAT([&] { world.service->limits(world.context); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(MediaServiceTest, ChecksTheStorageAndTheRecords) {
  EXPECT_NO_THROW(world.service->check(world.context));
  world.failAt("before check", StorageErrc::Connection);
  EXPECT_THAT([&] { world.service->check(world.context); },
              ThrowsStorageError(StorageErrc::Connection));
  world.failAt("before records check", StorageErrc::Unavailable);
  EXPECT_THAT([&] { world.service->check(world.context); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

}  // namespace
}  // namespace mediadock::media
