#include "media/uploads/storage_upload.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kContentSha256 =
    "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

class StorageUploadTest : public testing::Test {
 protected:
  std::unique_ptr<MediaUpload> start(const std::string& name, const UploadFields& fields) {
    return world.service->uploads().start(name, fields, world.context);
  }

  MediaWorld world;
};

TEST_F(StorageUploadTest, KeepsTheBytesAndTellsAllAboutThem) {
  const auto record =
      world.upload("Φωτό №1 50% #2.png",
                   {.folder = "ACME/Sent Media"_path,
                    .texts = {.customerId = "C-17", .orderId = "O-4", .uploadedBy = "eleni"},
                    .tags = {"front"}});

  EXPECT_EQ(record.path, "ACME/Sent Media/Φωτό №1 50% #2.png"_path);
  EXPECT_EQ(world.contentOf(record.path), "content");
  EXPECT_EQ(record.sha256, kContentSha256);
  EXPECT_EQ(record.size, 7U);
  EXPECT_EQ(record.etag, world.storage->stat(record.path, {})->etag);
  EXPECT_EQ(record.direction, records::Direction::Sent);
  EXPECT_EQ(record.customerId, "C-17");
  EXPECT_EQ(world.store->findAt(record.path), record);
  world.expectInStep();
}

TEST_F(StorageUploadTest, ShowsNothingBeforeTheCommit) {
  const auto upload = start("a.jpg", {.folder = "x"_path});
  upload->write({});
  upload->flush();

  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(StorageUploadTest, LeavesNothingWhenItIsDropped) {
  start("a.jpg", {.folder = "x"_path}).reset();

  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(StorageUploadTest, TakesTheFolderAfterTheBytes) {
  const auto upload = start("a.jpg", {});

  const auto record = upload->commit({.folder = "x/y"_path, .texts = {.customerId = "C-17"}});

  EXPECT_EQ(record.path, "x/y/a.jpg"_path);
  EXPECT_EQ(record.customerId, "C-17");
  world.expectInStep();
}

TEST_F(StorageUploadTest, TakesTheFolderAfterTheBytesWhereTheRootHasAFolderOfItsName) {
  world.storage->makeDirectory("album"_path, {});
  const auto upload = start("album", {});

  EXPECT_EQ(upload->commit({.folder = "x"_path}).path, "x/album"_path);
}

TEST_F(StorageUploadTest, RefusesToEndWithoutAFolder) {
  const auto upload = start("a.jpg", {});

  EXPECT_THAT([&] { upload->commit({}); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST(StorageUploadWithoutRetarget, WaitsForTheFolder) {
  MediaWorld world("write_retarget");
  const auto upload = world.service->uploads().start("a.jpg", {}, world.context);
  upload->write(std::as_bytes(std::span("content", 7)));

  EXPECT_EQ(upload->commit({.folder = "x"_path}).path, "x/a.jpg"_path);
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "content");
}

TEST(StorageUploadWithoutRetarget, NeedsAFolderWhereNoneWillCome) {
  MediaWorld world("write_retarget");

  EXPECT_THAT(
      [&] { world.service->uploads().start("a.jpg", {.isTargetFinal = true}, world.context); },
      ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST(StorageUploadWithoutRetarget, PicksAFreeNameAtTheStart) {
  MediaWorld world("write_retarget");
  world.upload("a.jpg", {.folder = "x"_path});

  EXPECT_EQ(world.upload("a.jpg", {.folder = "x"_path}).path, "x/a (2).jpg"_path);
}

TEST(StorageUploadWithoutRetarget, SaysSoWhereTheNameWasTakenMeanwhile) {
  MediaWorld world("write_retarget");
  const UploadFields fields{.folder = "x"_path, .isTargetFinal = true};
  const auto upload = world.service->uploads().start("a.jpg", fields, world.context);
  world.put("x/a.jpg"_path, "foreign");

  EXPECT_THAT([&] { upload->commit(fields); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "foreign");
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(StorageUploadTest, RenamesToTheFirstFreeName) {
  const UploadFields fields{.folder = "x"_path};

  EXPECT_EQ(world.upload("a.jpg", fields).path, "x/a.jpg"_path);
  EXPECT_EQ(world.upload("a.jpg", fields).path, "x/a (2).jpg"_path);
  EXPECT_EQ(world.upload("a.jpg", fields).path, "x/a (3).jpg"_path);
  world.expectInStep();
}

TEST_F(StorageUploadTest, AsksTheStorageTwiceHoweverManyNamesAreTaken) {
  world.put("x/a.jpg"_path);
  for (const auto* name : {"x/a (2).jpg", "x/a (3).jpg", "x/a (4).jpg", "x/a (5).jpg"}) {
    world.put(StoragePath::parse(name));
  }
  int stats = 0;
  world.onStep([&](const std::string& step) { stats += step == "before stat" ? 1 : 0; });

  EXPECT_EQ(world.upload("a.jpg", {.folder = "x"_path}).path, "x/a (6).jpg"_path);
  EXPECT_LE(stats, 2) << "the name's and the folder's own";
}

TEST_F(StorageUploadTest, RenamesAwayFromAFileThatCameMeanwhile) {
  const UploadFields fields{.folder = "x"_path};
  const auto upload = start("a.jpg", fields);
  world.put("x/a.jpg"_path, "foreign");

  EXPECT_EQ(upload->commit(fields).path, "x/a (2).jpg"_path);
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "foreign");
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(StorageUploadTest, LeavesANameToItsRecordWithoutAskingTheStorageToRefuse) {
  const UploadFields fields{.folder = "x"_path};
  const auto first = start("a.jpg", fields);
  const auto second = start("a.jpg", fields);
  int commits = 0;
  world.onStep([&](const std::string& step) { commits += step == "before commit" ? 1 : 0; });

  EXPECT_EQ(first->commit(fields).path, "x/a.jpg"_path);
  EXPECT_EQ(second->commit(fields).path, "x/a (2).jpg"_path);

  EXPECT_EQ(commits, 2);
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
  world.expectInStep();
}

TEST_F(StorageUploadTest, TakesTheNameOfAFileThatIsGone) {
  const UploadFields fields{.folder = "x"_path};
  world.upload("a.jpg", fields);
  world.storage->remove("x/a.jpg"_path, {}, {});

  EXPECT_EQ(world.upload("a.jpg", fields).path, "x/a.jpg"_path);
  world.expectInStep();
}

TEST_F(StorageUploadTest, RenamesWhereAFolderHasTheName) {
  world.storage->makeDirectory("x/a.jpg"_path, {});

  EXPECT_EQ(world.upload("a.jpg", {.folder = "x"_path}).path, "x/a (2).jpg"_path);
}

TEST_F(StorageUploadTest, CutsALongNameToMakeRoomForTheNumber) {
  const auto name = std::string(251, 'a') + ".jpg";
  world.upload(name, {.folder = "x"_path});

  EXPECT_EQ(world.upload(name, {.folder = "x"_path}).filename.size(), 255U);
}

TEST_F(StorageUploadTest, FailsAtTheStartWhereTheNameIsTaken) {
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Fail};
  world.put("x/a.jpg"_path);

  EXPECT_THAT([&] { start("a.jpg", fields); }, ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_F(StorageUploadTest, FailsAtTheEndWhereTheNameWasTakenMeanwhile) {
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Fail};
  const auto upload = start("a.jpg", fields);
  world.put("x/a.jpg"_path, "foreign");

  EXPECT_THAT([&] { upload->commit(fields); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "foreign");
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(StorageUploadTest, FailsAtTheStartWhereTheFolderIsAFile) {
  world.put("x"_path);

  EXPECT_THAT([&] { start("a.jpg", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_F(StorageUploadTest, ReplacesAFileAndKeepsItsRecordsId) {
  const auto first = world.upload("a.jpg", {.folder = "x"_path, .texts = {.customerId = "C-17"}});

  const auto second =
      world.upload("a.jpg", {.folder = "x"_path, .onConflict = OnConflict::Replace}, "other");

  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.customerId, "C-17");
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "other");
  world.expectInStep();
}

TEST_F(StorageUploadTest, ReplacesOnlyTheVersionThatWasAskedFor) {
  UploadFields fields{
      .folder = "x"_path, .onConflict = OnConflict::Replace, .ifMatch = ETag{.value = "another"}};
  const auto first = world.upload("a.jpg", {.folder = "x"_path});

  EXPECT_THAT([&] { start("a.jpg", fields); }, ThrowsStorageError(StorageErrc::PreconditionFailed));
  fields.ifMatch = first.etag;
  EXPECT_EQ(world.upload("a.jpg", fields, "other").id, first.id);
}

class StorageUploadVersion : public testing::TestWithParam<const char*> {};

TEST_P(StorageUploadVersion, IsHeldAgainstTheFileAtTheCommit) {
  MediaWorld world(GetParam());
  const auto first = world.upload("a.jpg", {.folder = "x"_path});
  const UploadFields fields{
      .folder = "x"_path, .onConflict = OnConflict::Replace, .ifMatch = first.etag};
  const auto upload = world.service->uploads().start("a.jpg", fields, world.context);
  world.put("x/a.jpg"_path, "foreign");

  EXPECT_THAT([&] { upload->commit(fields); }, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(world.contentOf("x/a.jpg"_path), "foreign");
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Storages, StorageUploadVersion, testing::Values("", "write_if_match"),
                         [](const auto& testInfo) {
                           return testInfo.index == 0 ? "Able" : "Unable";
                         });

TEST_F(StorageUploadTest, SaysLockedWhileAnotherUploadReplacesTheFile) {
  const UploadFields fields{.folder = "x"_path, .onConflict = OnConflict::Replace};
  world.upload("a.jpg", fields);
  const auto upload = start("a.jpg", fields);
  world.onStep([&](const std::string& step) {
    if (step == "before commit") {
      world.onStep({});
      EXPECT_THAT([&] { start("a.jpg", fields)->commit(fields); },
                  ThrowsStorageError(StorageErrc::Locked));
    }
  });

  EXPECT_NO_THROW(upload->commit(fields));
  world.expectInStep();
}

TEST_F(StorageUploadTest, ChecksTheDigestBeforeTheFileIsVisible) {
  const UploadFields fields{.folder = "x"_path, .sha256 = std::string(64, '0')};

  EXPECT_THAT([&] { world.upload("a.jpg", fields); },
              ThrowsStorageError(StorageErrc::ChecksumMismatch));

  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(StorageUploadTest, AcceptsTheRightDigest) {
  EXPECT_NO_THROW(world.upload("a.jpg", {.folder = "x"_path, .sha256 = kContentSha256}));
}

TEST_F(StorageUploadTest, RefusesReservedNamesAndFolders) {
  EXPECT_THAT([&] { start(".mediadock-tmp", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { start("a", {.folder = ".mediadock-x"_path}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { start("a", {})->commit({.folder = ".mediadock-x"_path}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_F(StorageUploadTest, LeavesNothingWhereTheStorageRefuses) {
  world.failAt("before commit", StorageErrc::InsufficientStorage);

  EXPECT_THAT([&] { world.upload("a.jpg", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_THAT(world.store->unfinished(), IsEmpty());
}

TEST_F(StorageUploadTest, KeepsThePendingRecordWhereTheOutcomeIsUnknown) {
  world.failAt("after commit", StorageErrc::Timeout, Retry::OutcomeUnknown);

  EXPECT_THAT([&] { world.upload("a.jpg", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_THAT(world.files(), ElementsAre("x/a.jpg"));
  EXPECT_THAT(world.store->unfinished(), testing::SizeIs(1));
}

TEST_F(StorageUploadTest, KeepsTheFileWhereItsRecordCannotBeFinished) {
  world.failAt("before finishUpload", StorageErrc::Unavailable, Retry::AfterDelay);

  EXPECT_THAT([&] { world.upload("a.jpg", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_THAT(world.files(), ElementsAre("x/a.jpg"));
  EXPECT_THAT(world.store->unfinished(), testing::SizeIs(1));
}

TEST_F(StorageUploadTest, WritesNothingWhereTheRecordsAreOutOfReach) {
  world.failAt("before beginUpload", StorageErrc::Unavailable, Retry::AfterDelay);

  EXPECT_THAT([&] { world.upload("a.jpg", {.folder = "x"_path}); },
              ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(StorageUploadTest, IsCommittedOnce) {
  const UploadFields fields{.folder = "x"_path};
  const auto upload = start("a.jpg", fields);
  upload->commit(fields);

  EXPECT_THAT([&] { upload->commit(fields); }, ThrowsStorageError(StorageErrc::InvalidArgument));
}

}  // namespace
}  // namespace mediadock::media
