#include "media/rules/file_name.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

TEST(CleanFileName, X28DropsControlsThatTurnTheDirectionOfWriting) {
  EXPECT_EQ(cleanFileName("photo\u202Egpj.exe"), "photogpj.exe");
  EXPECT_EQ(cleanFileName("a\u061Cb"), "ab");
  EXPECT_EQ(cleanFileName("\u200Ea\u200Fb\u202Ac\u202Ed\u2066e\u2069f"), "abcdef");
}

TEST(CleanFileName, KeepsTheirNeighbours) {
  const std::string name = "Φωτό №1 50% #2 \u200D\u2010\u2029\u202F\u2065\u206A 😀.png";

  EXPECT_EQ(cleanFileName(name), name);
}

TEST(CleanFileName, RefusesWhatIsNoName) {
  EXPECT_THAT([] { cleanFileName(""); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([] { cleanFileName(".."); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([] { cleanFileName("a/b"); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([] { cleanFileName("\u202E"); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([] { cleanFileName("a\nb"); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST(CleanFileName, RefusesReservedNamesAlsoInDisguise) {
  EXPECT_THAT([] { cleanFileName(".mediadock-tmp-x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([] { cleanFileName(".media\u202Edock-tmp-x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST(ReservedNames, AreFoundInAnySegment) {
  EXPECT_TRUE(isReserved(StoragePath::parse("a/.mediadock-trash/b")));
  EXPECT_FALSE(isReserved(StoragePath::parse("a/x.mediadock-trash/b")));
  EXPECT_FALSE(isReserved(StoragePath()));
}

}  // namespace
}  // namespace mediadock::media
