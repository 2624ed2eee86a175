#include "app/secrets/secret_file.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/app/write_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mediadock::app {
namespace {

class ReadSecretFile : public testing::Test {
 protected:
  std::string read(std::string_view content) {
    return readSecretFile(writeFile(directory_.path() / "secret", content), "a.password_file");
  }

  TempDirectory directory_;
};

TEST_F(ReadSecretFile, CutsOneTrailingNewline) {
  EXPECT_EQ(read("s3cret\n"), "s3cret");
}

TEST_F(ReadSecretFile, CutsNoMoreThanOne) {
  EXPECT_EQ(read("s3cret\n\n"), "s3cret\n");
}

TEST_F(ReadSecretFile, KeepsSpacesAndSigns) {
  EXPECT_EQ(read(" ${a}\\b "), " ${a}\\b ");
}

TEST_F(ReadSecretFile, RefusesAnEmptyFile) {
  EXPECT_THAT([&] { read("\n"); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadSecretFile, RefusesAHugeFile) {
  EXPECT_THAT([&] { read(std::string(100000, 'x')); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadSecretFile, RefusesAFolder) {
  EXPECT_THAT([&] { readSecretFile(directory_.path(), "a.password_file"); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadSecretFile, NamesSettingAndFile) {
  EXPECT_THAT([] { readSecretFile("/nowhere/secret", "a.password_file (--set)"); },
              testing::Throws<StorageError>(testing::Property(
                  &StorageError::what, testing::AllOf(testing::HasSubstr("a.password_file (--set)"),
                                                      testing::HasSubstr("/nowhere/secret")))));
}

}  // namespace
}  // namespace mediadock::app
