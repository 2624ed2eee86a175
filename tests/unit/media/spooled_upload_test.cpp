#include "media/spooled_upload.h"

#include "support/storage_error_matcher.h"
#include "unit/media/resumable_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <iterator>

namespace mediadock {
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
  const auto id = begin(13, {.customerId = "acme"});
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

TEST_F(SpooledUploadTest, IsRefusedAtItsBeginningWhereTheSpoolIsFull) {
  world.resumable.spoolMaxBytes = 10;
  world.restart();
  begin(7);

  EXPECT_THAT([&] { begin(4); }, ThrowsStorageError(StorageErrc::InsufficientStorage));
  begin(3);
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
}  // namespace mediadock
