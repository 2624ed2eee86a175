#include "media/uploads/resumable_uploads.h"

#include "support/file_beginnings.h"
#include "support/storage_error_matcher.h"
#include "unit/media/uploads/resumable_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// So many that the storage has them: the first bytes wait until the file can be judged by them.
constexpr std::size_t kMany = 5000;

class ResumableUploadsTest : public ResumableWorld {};

TEST_F(ResumableUploadsTest, GoOnOverRestartsAndKeepStorageAndRecordsInStep) {
  const auto id = begin(13, {.texts = {.customerId = "acme"}});
  addPiece(id, "one ");
  world.restart();
  addPiece(id, "two ");
  EXPECT_THAT(world.files(), IsEmpty());
  world.restart();

  const auto record = finish(id, "three");

  EXPECT_EQ(record.path, "folder/a.txt"_path);
  EXPECT_EQ(record.customerId, "acme");
  EXPECT_EQ(world.contentOf(record.path), "one two three");
  world.expectInStep();
}

TEST_F(ResumableUploadsTest, HaveUnguessableIdsOfTheirOwn) {
  const auto one = begin(1);
  const auto other = begin(1);

  EXPECT_EQ(one.size(), 32U);
  EXPECT_NE(one, other);
  EXPECT_EQ(uploads().find("0"), std::nullopt);
  EXPECT_EQ(uploads().append("0"), nullptr);
}

TEST_F(ResumableUploadsTest, CountOnlyWhatWasKept) {
  const auto id = begin(7);
  addPiece(id, "con");
  write(*goOn(id), "XXX");
  EXPECT_EQ(offsetOf(id), 3U);

  finish(id, "tent");

  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
  world.expectInStep();
}

TEST_F(ResumableUploadsTest, KeepALongPieceNowAndThen) {
  const std::string block(1U << 20U, 'x');
  const auto id = begin(40 * block.size());
  {
    const auto append = goOn(id);
    for (int i = 0; i < 39; ++i) {
      write(*append, block);
    }
  }

  EXPECT_EQ(offsetOf(id), 32 * block.size());
}

TEST_F(ResumableUploadsTest, KeepNothingByThemselvesThatIsHeldBack) {
  const std::string block(1U << 20U, 'x');
  const auto id = begin(40 * block.size());
  {
    const auto append = goOn(id);
    append->holdBack();
    for (int i = 0; i < 39; ++i) {
      write(*append, block);
    }
  }

  EXPECT_EQ(offsetOf(id), 0U);
}

TEST_F(ResumableUploadsTest, AreRefusedEarlyForWhatIsSureToFail) {
  world.put("folder/a.txt"_path);

  EXPECT_THAT([&] { begin(7, {.onConflict = OnConflict::Fail}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_F(ResumableUploadsTest, GoByTheRuleForTakenNamesWhenTheyEnd) {
  const auto id = begin(7);
  addPiece(id, "con");
  world.put("folder/a.txt"_path, "other");

  EXPECT_EQ(finish(id, "tent").path, "folder/a (2).txt"_path);
}

TEST_F(ResumableUploadsTest, AreForgottenWithBytesOfAnotherDigest) {
  const auto id = begin(7, {.sha256 = std::string(64, '0')});
  addPiece(id, "con");

  EXPECT_THAT([&] { finish(id, "tent"); }, ThrowsStorageError(StorageErrc::ChecksumMismatch));

  EXPECT_EQ(uploads().find(id), std::nullopt);
  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(ResumableUploadsTest, CanEndLaterWhereTheStorageFailsForNow) {
  const auto id = begin(7);
  addPiece(id, "con");
  world.failAt("before commit", StorageErrc::Unavailable, Retry::AfterDelay);
  EXPECT_THAT([&] { finish(id, "tent"); }, ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_EQ(offsetOf(id), 3U) << "never all: the client would take it for finished";
  world.restart();

  finish(id, "tent");

  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
  world.expectInStep();
}

TEST_F(ResumableUploadsTest, RememberThatTheyAreFinished) {
  const auto id = begin(7);
  const auto record = finish(id, "content");
  world.restart();

  const auto upload = uploads().find(id);
  ASSERT_TRUE(upload);
  EXPECT_TRUE(upload->isFinished);
  EXPECT_EQ(upload->progress.size, 7U);
  EXPECT_EQ(uploads().append(id)->record()->id, record.id);
}

TEST_F(ResumableUploadsTest, AreFinishedWhereTheHostDiedBeforeItCouldSaySo) {
  const auto id = begin(7);
  addPiece(id, "con");
  world.failAt("after finishUpload", StorageErrc::Internal);
  EXPECT_THAT([&] { finish(id, "tent"); }, ThrowsStorageError(StorageErrc::Internal));
  world.restart();

  const auto upload = uploads().find(id);

  ASSERT_TRUE(upload);
  EXPECT_TRUE(upload->isFinished);
  EXPECT_EQ(upload->progress.size, 7U);
  EXPECT_THAT(world.files(), ElementsAre("folder/a.txt"));
  world.expectInStep();
}

TEST_F(ResumableUploadsTest, LetOnlyOneOfTwoHostsGoOn) {
  const auto id = begin(10);
  const auto ours = goOn(id);
  write(*ours, "ours");
  auto theirs = *world.store->unfinishedUploads().find(id);
  world.store->unfinishedUploads().save(theirs);

  EXPECT_THAT([&] { ours->keep(); }, ThrowsStorageError(StorageErrc::Conflict));
}

TEST_F(ResumableUploadsTest, LeaveNothingWhenTheyAreTerminated) {
  const auto id = begin(kMany + 1);
  addPiece(id, std::string(kMany, 'x'));
  const auto token = uploads().find(id)->progress.token;

  uploads().terminate(id, world.context);
  uploads().terminate(id, world.context);

  EXPECT_EQ(uploads().find(id), std::nullopt);
  EXPECT_THAT([&] { world.storage->resumeWrite(token, {.path = "b"_path}, {}, world.context); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(ResumableUploadsTest, LeaveTheFileWhenTheyAreTerminatedAfterTheEnd) {
  const auto id = begin(7);
  finish(id, "content");

  uploads().terminate(id, world.context);

  world.expectInStep();
  EXPECT_THAT(world.files(), ElementsAre("folder/a.txt"));
}

TEST_F(ResumableUploadsTest, AreForgottenWhereTheStorageLostTheirBytes) {
  const auto id = begin(kMany + 1);
  addPiece(id, std::string(kMany, 'x'));
  world.storage->dropWrite(uploads().find(id)->progress.token, world.context);

  EXPECT_THROW(goOn(id), UploadGone);

  EXPECT_EQ(uploads().find(id), std::nullopt);
}

/// Uploads where web pages are denied.
class DeniedResumableUploads : public ResumableWorld {
 protected:
  DeniedResumableUploads() : ResumableWorld("", "text/html") {}

  const std::string page = beginnings::kHtml + std::string(5000, ' ');
};

TEST_F(DeniedResumableUploads, AreJudgedByTheirFirstBytesHoweverShortThePieces) {
  const auto id = begin(page.size());
  addPiece(id, page.substr(0, 1));
  world.restart();
  addPiece(id, page.substr(1, 100));
  EXPECT_EQ(offsetOf(id), 101U);
  EXPECT_EQ(uploads().find(id)->progress.token, "") << "the storage has nothing of it yet";

  EXPECT_THROW(finish(id, page.substr(101)), RefusedType);

  EXPECT_EQ(uploads().find(id), std::nullopt);
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(DeniedResumableUploads, ThatAreAllowedLoseNothingOfTheirBeginning) {
  const std::string text(6000, 'x');
  const auto id = begin(text.size());
  for (std::size_t at = 0; at < 5000; at += 1000) {
    addPiece(id, text.substr(at, 1000));
    world.restart();
  }

  finish(id, text.substr(5000));

  EXPECT_EQ(world.contentOf("folder/a.txt"_path), text);
  world.expectInStep();
}

/// Uploads that expired two hours ago when they begin.
class ExpiredUploads : public ResumableWorld {
 protected:
  ExpiredUploads() {
    world.resumable.expireAfter = std::chrono::hours(-2);
    world.restart();
  }
};

TEST_F(ExpiredUploads, AreKnownUntilTheyAreSwept) {
  const auto id = begin(kMany + 1);
  addPiece(id, std::string(kMany, 'x'));
  const auto token = uploads().find(id)->progress.token;
  EXPECT_TRUE(isExpired(*uploads().find(id)));

  uploads().sweep(world.context);

  EXPECT_EQ(uploads().find(id), std::nullopt);
  EXPECT_THAT([&] { world.storage->resumeWrite(token, {.path = "b"_path}, {}, world.context); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(ExpiredUploads, WaitForAStorageThatCannotBeReached) {
  const auto id = begin(kMany + 1);
  addPiece(id, std::string(kMany, 'x'));
  world.failAt("before dropWrite", StorageErrc::Unavailable);

  uploads().sweep(world.context);
  EXPECT_TRUE(uploads().find(id));
  world.restart();
  uploads().sweep(world.context);

  EXPECT_EQ(uploads().find(id), std::nullopt);
}

TEST_F(ExpiredUploads, AreLeftToTheStorageInTheEnd) {
  world.resumable.expireAfter = std::chrono::hours(-25);
  world.restart();
  const auto id = begin(kMany + 1);
  addPiece(id, std::string(kMany, 'x'));
  world.failAt("before dropWrite", StorageErrc::Unavailable);

  uploads().sweep(world.context);

  EXPECT_EQ(uploads().find(id), std::nullopt);
}

TEST_F(ExpiredUploads, AreNotSweptUnderTheirWriter) {
  const auto id = begin(7);
  const auto append = goOn(id);

  uploads().sweep(world.context);

  EXPECT_TRUE(uploads().find(id));
}

TEST_F(ResumableUploadsTest, AreNotSweptBeforeTheyExpire) {
  const auto id = begin(7);
  addPiece(id, "con");

  uploads().sweep(world.context);

  EXPECT_EQ(offsetOf(id), 3U);
}

}  // namespace
}  // namespace mediadock::media
