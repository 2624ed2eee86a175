#include "support/child_process.h"
#include "support/free_port.h"
#include "support/temp_directory.h"
#include "unit/app/commands/half_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <string>
#include <vector>

namespace mediadock::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Starts the built executable in a folder of its own, with the built plugins.
class MediadockCommand : public testing::Test {
 protected:
  ChildProcess::Options call(std::vector<std::string> arguments,
                             std::map<std::string, std::string> environment = {}) {
    arguments.insert(arguments.begin(), MEDIADOCK_EXECUTABLE);
    return {.command = std::move(arguments),
            .environment = std::move(environment),
            .workingDirectory = directory_.path()};
  }

  ChildProcess::Options serveCall(std::vector<std::string> assignments = {}) {
    std::vector<std::string> arguments = {"serve", "--set", "http.address=127.0.0.1:0"};
    for (std::string& assignment : assignments) {
      arguments.insert(arguments.end(), {"--set", std::move(assignment)});
    }
    return call(std::move(arguments));
  }

  /// A Nextcloud at a port where nobody listens.
  std::vector<std::string> absentNextcloud() {
    return {"storage.provider=nextcloud",
            "storage.nextcloud.url=http://127.0.0.1:" + std::to_string(findFreePort()),
            "storage.nextcloud.username=user", "storage.nextcloud.retries=0",
            "storage.nextcloud.app_password=s3cret"};
  }

  TempDirectory directory_;
};

TEST_F(MediadockCommand, TellsItsVersion) {
  ChildProcess child(call({"--version"}));

  EXPECT_EQ(child.waitForExit(), 0);
  EXPECT_THAT(child.standardOutput(), testing::StartsWith("mediadock "));
}

TEST_F(MediadockCommand, HelpsWithACommand) {
  ChildProcess child(call({"help", "serve"}));

  EXPECT_EQ(child.waitForExit(), 0);
  EXPECT_THAT(child.standardOutput(), HasSubstr("http.address"));
}

TEST_F(MediadockCommand, EndsWith64WithoutACommand) {
  ChildProcess child(call({}));

  EXPECT_EQ(child.waitForExit(), 64);
  EXPECT_THAT(child.standardError(), HasSubstr("mediadock help"));
}

TEST_F(MediadockCommand, EndsWith64ForAnUnknownCommand) {
  ChildProcess child(call({"serv"}));

  EXPECT_EQ(child.waitForExit(), 64);
  EXPECT_THAT(child.standardError(), HasSubstr("'serve'"));
}

TEST_F(MediadockCommand, EndsWith78ForAnUnknownKeyOfTheProvider) {
  ChildProcess child(serveCall({"storage.localdisk.rot=x"}));

  EXPECT_EQ(child.waitForExit(), 78);
  EXPECT_THAT(child.standardError(), HasSubstr("'storage.localdisk.root'"));
}

TEST_F(MediadockCommand, EndsWith78ForAnUnknownVariable) {
  ChildProcess child(call({"check"}, {{"MEDIADOCK_HTTP_ADRESS", "x"}}));

  EXPECT_EQ(child.waitForExit(), 78);
  EXPECT_THAT(child.standardOutput(), HasSubstr("'MEDIADOCK_HTTP_ADDRESS'"));
}

TEST_F(MediadockCommand, EndsWith78ForAProviderThatIsNotThere) {
  ChildProcess child(serveCall({"storage.provider=nowhere"}));

  EXPECT_EQ(child.waitForExit(), 78);
  EXPECT_THAT(child.standardError(), AllOf(HasSubstr("'nowhere'"), HasSubstr("localdisk")));
}

TEST_F(MediadockCommand, EndsWith78ForADatabaseOfAnUnknownKind) {
  ChildProcess child(serveCall({"records.url=cards:box"}));

  EXPECT_EQ(child.waitForExit(), 78);
}

TEST_F(MediadockCommand, EndsWith69ForADatabaseThatCannotBeOpened) {
  ChildProcess child(serveCall({"records.url=sqlite:/proc/self/nowhere/records.db"}));

  EXPECT_EQ(child.waitForExit(), 69);
}

TEST_F(MediadockCommand, AllowsTheSectionOfAnInstalledProviderThatIsNotChosen) {
  ChildProcess child(call({"check", "--set", "storage.nextcloud.url=http://cloud.example.test"}));

  EXPECT_EQ(child.waitForExit(), 0) << child.standardOutput() << child.standardError();
}

TEST_F(MediadockCommand, FindsTheDefaultsInOrder) {
  ChildProcess child(call({"check"}));

  EXPECT_EQ(child.waitForExit(), 0) << child.standardOutput() << child.standardError();
  EXPECT_THAT(child.standardOutput(),
              AllOf(HasSubstr("configuration: ok"), HasSubstr("plugin: ok"),
                    HasSubstr("storage: ok"), HasSubstr("records: ok"), HasSubstr("http: ok")));
}

TEST_F(MediadockCommand, ChecksAnAbsentStorageWithoutShowingItsPassword) {
  std::vector<std::string> arguments = {"check"};
  for (const std::string& assignment : absentNextcloud()) {
    arguments.insert(arguments.end(), {"--set", assignment});
  }
  ChildProcess child(call(arguments));

  EXPECT_EQ(child.waitForExit(), 69);
  EXPECT_THAT(child.standardOutput(),
              AllOf(HasSubstr("storage: check: cannot connect to "), HasSubstr("records: ok")));
  EXPECT_THAT(child.standardOutput() + child.standardError(),
              AllOf(Not(HasSubstr("s3cret")), Not(HasSubstr("dXNlcjpzM2NyZXQ="))));
}

TEST_F(MediadockCommand, ShowsThePlugins) {
  ChildProcess child(call({"providers"}));

  EXPECT_EQ(child.waitForExit(), 0);
  EXPECT_THAT(child.standardOutput(),
              AllOf(HasSubstr("localdisk "), HasSubstr("nextcloud "), HasSubstr("ABI "),
                    HasSubstr("path: /"), HasSubstr("can: what its server can")));
}

TEST_F(MediadockCommand, HasNothingToReconcileInANewStore) {
  ChildProcess child(call({"reconcile"}));

  EXPECT_EQ(child.waitForExit(), 0) << child.standardError();
  EXPECT_THAT(child.standardOutput(), HasSubstr("0 operations were left unfinished"));
}

TEST_F(MediadockCommand, ServesUntilSigterm) {
  ChildProcess child(serveCall());
  EXPECT_THAT(child.waitForLine("listening on "),
              testing::MatchesRegex("listening on http://127\\.0\\.0\\.1:[0-9]+"));

  child.signal(SIGTERM);

  EXPECT_EQ(child.waitForExit(), 0);
}

TEST_F(MediadockCommand, ServesUntilSigint) {
  ChildProcess child(serveCall());
  child.waitForLine("listening on ");

  child.signal(SIGINT);

  EXPECT_EQ(child.waitForExit(), 0);
}

TEST_F(MediadockCommand, ServesWhileTheStorageIsAway) {
  ChildProcess child(serveCall(absentNextcloud()));

  EXPECT_THAT(child.waitForLine("listening on "), HasSubstr("http://127.0.0.1:"));
}

TEST_F(MediadockCommand, LetsARequestInFlightEndAfterSigterm) {
  ChildProcess child(serveCall());
  HalfRequest upload(child.waitForLine("listening on "));

  child.signal(SIGTERM);
  waitForError(child, "stopping");
  const std::string answer = upload.finish();

  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 201 "));
  EXPECT_EQ(child.waitForExit(), 0);
}

TEST_F(MediadockCommand, EndsAtOnceAtASecondSignal) {
  ChildProcess child(serveCall());
  const HalfRequest upload(child.waitForLine("listening on "));

  child.signal(SIGTERM);
  waitForError(child, "stopping");
  child.signal(SIGTERM);

  EXPECT_EQ(child.waitForExit(), 128 + SIGTERM);
}

}  // namespace
}  // namespace mediadock::app
