#include "app/config/config_file.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/app/write_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace mediadock::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class ReadConfigFile : public testing::Test {
 protected:
  std::map<std::string, std::string> read(const std::string& name, std::string_view text) {
    std::map<std::string, std::string> values;
    for (const GivenValue& value :
         readConfigFile(writeFile(directory_.path() / name, text)).values) {
      values.emplace(value.key, value.text);
    }
    return values;
  }

  TempDirectory directory_;
};

TEST_F(ReadConfigFile, ReadsProperties) {
  EXPECT_THAT(read("a.properties", "# comment\nlog.level = debug\nhttp.address=127.0.0.1:1\n"),
              ElementsAre(Pair("http.address", "127.0.0.1:1"), Pair("log.level", "debug")));
}

TEST_F(ReadConfigFile, ReadsJson) {
  EXPECT_THAT(read("a.json", R"({"http": {"max_connections": 5, "address": "x:1"},
                                 "auth": {"allow_anonymous": true}})"),
              ElementsAre(Pair("auth.allow_anonymous", "true"), Pair("http.address", "x:1"),
                          Pair("http.max_connections", "5")));
}

TEST_F(ReadConfigFile, ReadsXml) {
  EXPECT_THAT(read("a.xml", "<config><log><level>debug</level></log></config>"),
              ElementsAre(Pair("log.level", "debug")));
}

TEST_F(ReadConfigFile, ReadsIni) {
  EXPECT_THAT(read("a.ini", "[storage.nextcloud]\nurl = https://cloud.example.test\n"),
              ElementsAre(Pair("storage.nextcloud.url", "https://cloud.example.test")));
}

TEST_F(ReadConfigFile, KeepsReferencesAsTheyStand) {
  EXPECT_THAT(read("a.properties", "a.password = x${log.level}${nope\nlog.level=debug\n"),
              testing::Contains(Pair("a.password", "x${log.level}${nope")));
}

TEST_F(ReadConfigFile, KeepsSignsOfCommentsAndAssignmentsWithinValues) {
  EXPECT_THAT(read("a.properties", "a.password = p#q!r=s:t\n"),
              ElementsAre(Pair("a.password", "p#q!r=s:t")));
}

TEST_F(ReadConfigFile, TakesADoubledBackslashInPropertiesForOne) {
  EXPECT_THAT(read("a.properties", "a.password = p\\\\q\n"),
              ElementsAre(Pair("a.password", "p\\q")));
}

TEST_F(ReadConfigFile, FindsAKeyThatStandsAboveOthers) {
  EXPECT_THAT(read("a.properties", "log = json\nlog.level = debug\n"),
              ElementsAre(Pair("log", "json"), Pair("log.level", "debug")));
}

TEST_F(ReadConfigFile, TakesAnEmptyFile) {
  EXPECT_THAT(read("a.properties", ""), testing::IsEmpty());
}

TEST_F(ReadConfigFile, RefusesAMissingFile) {
  const auto file = directory_.path() / "missing.properties";

  EXPECT_THAT([&] { readConfigFile(file); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadConfigFile, RefusesAFolder) {
  const auto folder = directory_.path() / "folder.properties";
  std::filesystem::create_directory(folder);

  EXPECT_THAT([&] { readConfigFile(folder); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadConfigFile, RefusesAnUnknownFormat) {
  EXPECT_THAT([&] { read("a.yaml", "log: {}"); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ReadConfigFile, RefusesBrokenJsonWithoutShowingIt) {
  try {
    read("a.json", R"({"password": "s3cret)");
    FAIL() << "was read";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), HasSubstr("a.json"));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("s3cret")));
  }
}

TEST_F(ReadConfigFile, RefusesBrokenXml) {
  EXPECT_THAT([&] { read("a.xml", "<config>"); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
}

}  // namespace
}  // namespace mediadock::app
