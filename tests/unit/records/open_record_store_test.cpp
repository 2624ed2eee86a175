#include "records/open_record_store.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <fstream>

namespace mediadock::records {
namespace {

TEST(OpenRecordStore, MakesTheFolderOfASqliteFile) {
  const TempDirectory folder;
  const auto file = folder.path() / "a" / "b" / "media.db";

  openRecordStore("sqlite:" + file.string(), "")->check();

  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(OpenRecordStore, SaysUnavailableWhereTheFolderCannotBeMade) {
  const TempDirectory folder;
  std::ofstream(folder.path() / "file").put('x');

  EXPECT_THAT([&] { openRecordStore("sqlite:" + (folder.path() / "file/media.db").string(), ""); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

TEST(OpenRecordStore, RefusesAnUnknownSchemeWithoutShowingTheUrl) {
  std::string message;
  try {
    openRecordStore("oracle://crm:hunter2@db.example.test/crm", "");
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    message = error.what();
  }

  EXPECT_THAT(message, testing::HasSubstr("known: sqlite"));
  EXPECT_THAT(message, testing::Not(testing::HasSubstr("hunter2")));
}

TEST(OpenRecordStore, RefusesAUrlWithoutAPath) {
  EXPECT_THAT([] { openRecordStore("sqlite:", ""); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST(OpenRecordStore, RefusesAPasswordForSqlite) {
  const TempDirectory folder;

  EXPECT_THAT([&] { openRecordStore("sqlite:" + (folder.path() / "media.db").string(), "secret"); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

}  // namespace
}  // namespace mediadock::records
