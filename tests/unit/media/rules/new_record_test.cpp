#include "media/rules/new_record.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

std::optional<records::Direction> directionOfText(const char* folder) {
  return directionOf(StoragePath::parse(folder));
}

TEST(MakeRecord, TakesFromTheNameWhatTheCallerDoesNotSay) {
  const auto record = makeRecord(StoragePath::parse("ACME/Sent Media/a.png"), {});

  EXPECT_EQ(record.filename, "a.png");
  EXPECT_EQ(record.mimeType, "image/png");
  EXPECT_EQ(record.type, records::MediaType::Photo);
  EXPECT_EQ(record.direction, records::Direction::Sent);
}

TEST(MakeRecord, PrefersTheDirectionThatTheCallerSays) {
  const auto record =
      makeRecord(StoragePath::parse("Sent Media/a"), {.direction = records::Direction::Internal});

  EXPECT_EQ(record.direction, records::Direction::Internal);
}

TEST(MakeRecord, GivesEachRecordALowerCaseUuid) {
  const auto first = makeRecord(StoragePath::parse("a"), {});
  const auto second = makeRecord(StoragePath::parse("a"), {});

  EXPECT_NE(first.id, second.id);
  EXPECT_EQ(first.id.size(), 36U);
  EXPECT_EQ(first.id.find_first_not_of("0123456789abcdef-"), std::string::npos);
}

TEST(CheckFields, RefusesTextThatNoAnswerCouldCarry) {
  using namespace std::string_literals;

  EXPECT_THAT([] { checkFields({.texts = {.customerId = "a\0b"s}}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([] { checkFields({.texts = {.orderId = "a\r\nb"}}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT(
      [] {
        checkFields({.tags = {"ok", "\xC3\x28"}});
      },
      ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([] { checkPatch({.uploadedBy = "\x7F"}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_NO_THROW(checkFields({.texts = {.customerId = "Ελένη 😀"}, .tags = {"a b"}}));
}

TEST(CheckFields, RefusesMoreThanARecordMayHold) {
  const std::string text(records::MediaRecord::kMaxTextBytes, 'c');
  const std::string tag(records::MediaRecord::kMaxTagBytes, 't');
  const auto refuses = [](const UploadFields& fields) {
    EXPECT_THAT([&] { checkFields(fields); }, ThrowsStorageError(StorageErrc::InvalidArgument));
    EXPECT_THAT(
        [&] {
          checkPatch({.customerId = fields.texts.customerId,
                      .orderId = fields.texts.orderId,
                      .tags = fields.tags,
                      .uploadedBy = fields.texts.uploadedBy});
        },
        ThrowsStorageError(StorageErrc::InvalidArgument));
  };

  EXPECT_NO_THROW(
      checkFields({.texts = {.customerId = text, .orderId = text, .uploadedBy = text},
                   .tags = std::vector(records::MediaRecord::kMaxTags, std::string("t"))}));
  EXPECT_NO_THROW(checkFields({.tags = std::vector(16, tag)}));
  refuses({.texts = {.customerId = text + "c"}});
  refuses({.texts = {.orderId = text + "c"}});
  refuses({.texts = {.uploadedBy = text + "c"}});
  refuses({.tags = {tag + "t"}});
  refuses({.tags = std::vector(records::MediaRecord::kMaxTags + 1, std::string())});
  refuses({.tags = std::vector(17, tag)});
}

TEST(TakeOver, KeepsNoEtagThatIsTooLong) {
  records::MediaRecord record;
  copyStoredMetadata({.etag = ETag{std::string(records::MediaRecord::kMaxEtagBytes - 2, 'e')}},
                     record);
  EXPECT_TRUE(record.etag);

  copyStoredMetadata({.etag = ETag{std::string(records::MediaRecord::kMaxEtagBytes, 'e')}}, record);
  EXPECT_FALSE(record.etag);
}

TEST(CheckFields, RefusesADigestThatIsNone) {
  EXPECT_THAT([] { checkFields({.sha256 = "abc"}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([] { checkFields({.sha256 = std::string(64, 'A')}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST(CheckFields, RefusesAVersionWithoutReplace) {
  EXPECT_THAT([] { checkFields({.ifMatch = ETag{.value = "x"}}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST(DirectionRule, FollowsTheLastFolder) {
  EXPECT_EQ(directionOfText("05_Customers/ACME/Sent Media"), records::Direction::Sent);
  EXPECT_EQ(directionOfText("05_Customers/ACME/Received Media"), records::Direction::Received);
  EXPECT_EQ(directionOfText("Internal"), records::Direction::Internal);
}

TEST(DirectionRule, IsSilentElsewhere) {
  EXPECT_EQ(directionOfText("Sent Media/2024"), std::nullopt);
  EXPECT_EQ(directionOfText("Unsent Media"), std::nullopt);
  EXPECT_EQ(directionOf(StoragePath()), std::nullopt);
}

}  // namespace
}  // namespace mediadock::media
