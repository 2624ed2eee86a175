#include "media/uploads/spooled_upload.h"

#include "support/storage_error_matcher.h"
#include "unit/media/uploads/resumable_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <iterator>

namespace mediadock::media {
namespace {

/// A storage that cannot keep unfinished writes.
class SpooledUploadTest : public ResumableWorld {
 protected:
  SpooledUploadTest() : ResumableWorld("write_resume") {}

  std::filesystem::path spool() const { return world.folder.path() / "spool"; }

  std::size_t spooledFiles() const {
    const std::filesystem::directory_iterator files(spool());
    return static_cast<std::size_t>(std::distance(files, std::filesystem::directory_iterator()));
  }
};

TEST_F(SpooledUploadTest, GoesOnOverRestartsAndTakesTheUsualWayIn) {
  const auto id = begin(13, {.texts = {.customerId = "acme"}});
  addPiece(id, "one ");
  world.restart();
  addPiece(id, "two ");
  world.restart();
  EXPECT_EQ(offsetOf(id), 8U);

  const auto record = finish(id, "three");

  EXPECT_EQ(world.contentOf(record.path), "one two three");
  EXPECT_EQ(record.customerId, "acme");
  EXPECT_EQ(spooledFiles(), 0U);
  world.expectInStep();
}

TEST_F(SpooledUploadTest, IsHeldToItsDigest) {
  const auto id = begin(7, {.sha256 = std::string(64, '0')});

  EXPECT_THAT([&] { finish(id, "content"); }, ThrowsStorageError(StorageErrc::ChecksumMismatch));

  EXPECT_EQ(spooledFiles(), 0U);
  world.expectInStep();
}

TEST_F(SpooledUploadTest, TakesNoRoomBeforeItsBytesCome) {
  world.resumable.spoolMaxBytes = 10;
  world.restart();
  const auto one = begin(10);
  const auto other = begin(10);
  EXPECT_FALSE(std::filesystem::exists(spool()));

  addPiece(one, "123");
  addPiece(other, "1234567");

  EXPECT_EQ(spooledFiles(), 2U);
  EXPECT_THAT([&] { addPiece(one, "4"); }, ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_EQ(offsetOf(one), 3U);
  uploads().terminate(other, world.context);
  finish(one, "4567890");
}

TEST_F(SpooledUploadTest, IsRefusedAtItsBeginningWhereTheSpoolIsTooSmallForIt) {
  world.resumable.spoolMaxBytes = 10;
  world.restart();

  EXPECT_THAT([&] { begin(11); }, ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_EQ(world.store->unfinishedUploads().expiredBefore(Timestamp::max(), 10).size(), 0U);
}

TEST_F(SpooledUploadTest, LeavesNothingOfWhatWasNotKept) {
  const auto kept = begin(7);
  addPiece(kept, "con");
  write(*goOn(kept), "XXX");
  write(*goOn(begin(7)), "XXX");

  ASSERT_EQ(spooledFiles(), 1U);
  EXPECT_EQ(std::filesystem::file_size(*std::filesystem::directory_iterator(spool())), 3U);
}

TEST_F(SpooledUploadTest, OfNoBytesNeedsNoFile) {
  finish(begin(0), "");

  EXPECT_FALSE(std::filesystem::exists(spool()));
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "");
}

TEST_F(SpooledUploadTest, StaysInTheSpoolWhereTheStorageFailsForNow) {
  const auto id = begin(7);
  addPiece(id, "con");
  world.failAt("before commit", StorageErrc::Unavailable);
  EXPECT_THAT([&] { finish(id, "tent"); }, ThrowsStorageError(StorageErrc::Unavailable));
  world.restart();

  finish(id, "tent");

  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
}

TEST_F(SpooledUploadTest, LeavesTheSpoolWhenItIsTerminated) {
  const auto id = begin(7);
  addPiece(id, "con");

  uploads().terminate(id, world.context);

  EXPECT_EQ(spooledFiles(), 0U);
}

TEST_F(SpooledUploadTest, IsForgottenWhereItsFileIsGone) {
  const auto id = begin(7);
  addPiece(id, "con");
  std::filesystem::remove_all(spool());

  EXPECT_THROW(goOn(id), UploadGone);

  EXPECT_EQ(uploads().find(id), std::nullopt);
}

TEST(SpoolToken, IsToldFromTheTokenOfAStorage) {
  EXPECT_EQ(spooledFileOf(spoolToken("0af")), "0af");
  EXPECT_EQ(spooledFileOf("0af.kept@7"), std::nullopt);
  EXPECT_EQ(spooledFileOf(""), std::nullopt);
}

}  // namespace
}  // namespace mediadock::media
