#include "app/config/config_layers.h"

#include "mediadock/storage_error.h"
#include "support/temp_directory.h"
#include "unit/app/write_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>

namespace mediadock::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::array<ConfigKey, 4> kKeys = {{
    {"log.level", "information", ""},
    {"a.b_c", "", ""},
    {"a.password", "", "", true},
    {"storage.nextcloud.password", "", "", true},
}};

std::string textOf(const ConfigInput& input, const std::string& key) {
  return resolve(readLayers(input), kKeys).at(key).text;
}

std::string failedWith(const std::function<void()>& call) {
  try {
    call();
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return {};
}

std::string unknownIn(const ConfigInput& input) {
  return failedWith([&] { refuseUnknown(readLayers(input), kKeys, {}); });
}

class ConfigLayersTest : public testing::Test {
 protected:
  std::string file(const std::string& name, std::string_view text) {
    return writeFile(directory_.path() / name, text).string();
  }

  TempDirectory directory_;
};

using Resolve = ConfigLayersTest;
using RefuseUnknown = ConfigLayersTest;

TEST_F(Resolve, LetsTheEnvironmentWinOverTheFile) {
  EXPECT_EQ(textOf({.file = file("a.properties", "log.level=file\n"),
                    .environment = {{"MEDIADOCK_LOG_LEVEL", "environment"}}},
                   "log.level"),
            "environment");
}

TEST_F(Resolve, LetsAssignmentsWinOverTheEnvironment) {
  EXPECT_EQ(textOf({.environment = {{"MEDIADOCK_LOG_LEVEL", "environment"}},
                    .assignments = {"log.level=assigned"}},
                   "log.level"),
            "assigned");
}

TEST_F(Resolve, LetsTheLastAssignmentWin) {
  EXPECT_EQ(textOf({.assignments = {"log.level=first", "log.level=last"}}, "log.level"), "last");
}

TEST_F(Resolve, KeepsEqualsSignsInAssignedValues) {
  EXPECT_EQ(textOf({.assignments = {"log.level=a=b"}}, "log.level"), "a=b");
}

TEST_F(Resolve, MapsUnderscoresOfKeysIntoTheEnvironment) {
  EXPECT_EQ(textOf({.environment = {{"MEDIADOCK_A_B_C", "x"}}}, "a.b_c"), "x");
}

TEST_F(Resolve, TakesTheConsolesVariablesOverTheFile) {
  EXPECT_EQ(textOf({.file = file("a.properties", "storage.nextcloud.password=file\n"),
                    .environment = {{"NEXTCLOUD_PASSWORD", "console"}}},
                   "storage.nextcloud.password"),
            "console");
}

TEST_F(Resolve, RanksTheConsolesVariablesBelowOurs) {
  EXPECT_EQ(textOf({.environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_PASSWORD", "ours"},
                                    {"NEXTCLOUD_PASSWORD", "console"}}},
                   "storage.nextcloud.password"),
            "ours");
}

TEST_F(Resolve, ReadsASecretFromItsFile) {
  EXPECT_EQ(
      textOf({.assignments = {"a.password_file=" + file("secret", "s3cret\n")}}, "a.password"),
      "s3cret");
}

TEST_F(Resolve, ReadsASecretFromTheFileThatTheEnvironmentNames) {
  EXPECT_EQ(textOf({.environment = {{"MEDIADOCK_A_PASSWORD_FILE", file("secret", "s3cret")}}},
                   "a.password"),
            "s3cret");
}

TEST_F(Resolve, LetsALaterSecretWinOverAnEarlierSecretFile) {
  EXPECT_EQ(
      textOf({.file = file("a.properties", "a.password_file=" + file("secret", "early") + "\n"),
              .environment = {{"MEDIADOCK_A_PASSWORD", "late"}}},
             "a.password"),
      "late");
}

TEST_F(Resolve, RefusesASecretAndItsFileInOneSource) {
  const ConfigInput input{
      .assignments = {"a.password=s3cret", "a.password_file=" + file("secret", "other")}};

  EXPECT_THAT(failedWith([&] { resolve(readLayers(input), kKeys); }),
              AllOf(HasSubstr("a.password and a.password_file"), HasSubstr("--set"),
                    Not(HasSubstr("s3cret"))));
}

TEST_F(Resolve, TakesAnEmptySecretBesideItsFileForNotSet) {
  EXPECT_EQ(textOf({.environment = {{"MEDIADOCK_A_PASSWORD", ""},
                                    {"MEDIADOCK_A_PASSWORD_FILE", file("secret", "s3cret")}}},
                   "a.password"),
            "s3cret");
}

TEST_F(Resolve, NamesTheSecretFileThatCannotBeRead) {
  const ConfigInput input{.environment = {{"MEDIADOCK_A_PASSWORD_FILE", "/nowhere/secret"}}};

  EXPECT_THAT(failedWith([&] { resolve(readLayers(input), kKeys); }),
              AllOf(HasSubstr("MEDIADOCK_A_PASSWORD_FILE"), HasSubstr("/nowhere/secret")));
}

TEST_F(RefuseUnknown, NamesTheNearestKeyAndTheFile) {
  const std::string name = file("a.properties", "log.levle=debug\n");

  EXPECT_THAT(unknownIn({.file = name}),
              AllOf(HasSubstr("'log.levle'"), HasSubstr(name), HasSubstr("'log.level'")));
}

TEST_F(RefuseUnknown, NamesTheNearestVariable) {
  EXPECT_THAT(unknownIn({.environment = {{"MEDIADOCK_LOG_LEVLE", "debug"}}}),
              AllOf(HasSubstr("'MEDIADOCK_LOG_LEVLE'"), HasSubstr("environment"),
                    HasSubstr("'MEDIADOCK_LOG_LEVEL'")));
}

TEST_F(RefuseUnknown, NamesTheNearestKeyOfAnAssignmentButNotItsValue) {
  EXPECT_THAT(unknownIn({.assignments = {"a.pasword=s3cret"}}),
              AllOf(HasSubstr("--set"), HasSubstr("'a.password'"), Not(HasSubstr("s3cret"))));
}

TEST_F(RefuseUnknown, KnowsNoFileTwinOfAKeyThatIsNoSecret) {
  EXPECT_THAT(unknownIn({.assignments = {"log.level_file=x"}}), HasSubstr("log.level_file"));
}

TEST_F(RefuseUnknown, LeavesOtherVariablesAlone) {
  const ConfigInput input{.environment = {{"PATH", "/bin"}, {"NEXTCLOUD_URL", "x"}}};

  EXPECT_NO_THROW(refuseUnknown(readLayers(input), kKeys, {}));
}

TEST_F(RefuseUnknown, LeavesForeignSectionsAlone) {
  const std::array<std::string, 1> foreign = {"storage.shelf."};
  const ConfigInput input{.environment = {{"MEDIADOCK_STORAGE_SHELF_ROOT", "x"}},
                          .assignments = {"storage.shelf.root=x"}};

  EXPECT_NO_THROW(refuseUnknown(readLayers(input), kKeys, foreign));
}

TEST(ReadLayers, RefusesAnAssignmentWithoutKeyAndDoesNotShowIt) {
  EXPECT_THAT(failedWith([] { readLayers({.assignments = {"s3cret"}}); }),
              AllOf(HasSubstr("key=value"), Not(HasSubstr("s3cret"))));
}

}  // namespace
}  // namespace mediadock::app
