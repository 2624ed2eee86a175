#include "support/scripted_nextcloud/profiles.h"

#include "support/child_process.h"
#include "unit/support/scripted_nextcloud_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace mediadock {
namespace {

using namespace scripted;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ProfileTest : public ScriptedNextcloudTest {
 protected:
  /// Statuses of so many equal requests, one after the other.
  std::vector<int> statuses(unsigned count, const std::string& method, const std::string& target,
                            const std::map<std::string, std::string>& headers = {}) const {
    std::vector<int> found;
    for (unsigned i = 0; i < count; ++i) {
      found.push_back(ask(method, target, headers, method == "PUT" ? "x" : "").status());
    }
    return found;
  }

  HttpMessage page(const std::string& token, unsigned offset) const {
    return ask("PROPFIND", files(""),
               {{"Depth", "1"},
                {"X-NC-Paginate", "true"},
                {"X-NC-Paginate-Count", "1"},
                {"X-NC-Paginate-Token", token},
                {"X-NC-Paginate-Offset", std::to_string(offset)}});
  }
};

TEST_F(ProfileTest, FaithfulEndsAllOthers) {
  applyProfile(server_, "locks");
  applyProfile(server_, "quota");
  applyProfile(server_, "faithful");

  EXPECT_THAT(statuses(6, "PUT", files("a")), ElementsAre(201, 204, 204, 204, 204, 204));
  EXPECT_EQ(ask("PUT", files("b"), {}, std::string(10485761, 'x')).status(), 201);
}

TEST_F(ProfileTest, QuotaHasRoomForTenMegabytes) {
  applyProfile(server_, "quota");

  EXPECT_EQ(ask("PUT", files("a"), {}, std::string(10485760, 'x')).status(), 201);
  EXPECT_EQ(ask("PUT", files("b"), {}, "x").status(), 507);
}

TEST_F(ProfileTest, SlowPhpDelaysEveryThirdRequest) {
  applyProfile(server_, "slow-php");
  statuses(2, "PROPFIND", files(""));
  const auto start = std::chrono::steady_clock::now();
  ask("PROPFIND", files(""));

  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(600));
}

TEST_F(ProfileTest, NginxRefusesBodiesAboveAMegabyte) {
  applyProfile(server_, "nginx-1mb");

  EXPECT_EQ(ask("PUT", files("a"), {}, std::string(1048576, 'x')).status(), 201);
  EXPECT_EQ(ask("PUT", files("b"), {}, std::string(1048577, 'x')).status(), 413);
}

TEST_F(ProfileTest, LocksLastForThreeWrites) {
  applyProfile(server_, "locks");

  EXPECT_THAT(statuses(7, "PUT", files("a")), ElementsAre(201, 204, 204, 423, 423, 423, 204));
  EXPECT_THAT(statuses(4, "MOVE", files("a"), {{"Destination", files("a")}}),
              ElementsAre(403, 403, 403, 500));
}

TEST_F(ProfileTest, MaintenanceComesAndGoesByRequests) {
  applyProfile(server_, "maintenance");

  EXPECT_THAT(statuses(48, "PROPFIND", files("")), ::testing::Each(207));
  EXPECT_EQ(ask("PROPFIND", files("")).status(), 503);
  EXPECT_THAT(ask("GET", "/status.php").body, HasSubstr(R"("maintenance":true)"));
  EXPECT_THAT(statuses(10, "PROPFIND", files("")), ::testing::Each(503));
  EXPECT_EQ(ask("PROPFIND", files("")).status(), 207);
}

TEST_F(ProfileTest, EncryptionServesNoRanges) {
  server_.putFile("a", "0123");
  applyProfile(server_, "encryption");

  EXPECT_EQ(ask("GET", files("a"), {{"Range", "bytes=1-2"}}).body, "0123");
}

TEST_F(ProfileTest, BuggyPagingLiesRepeatsAndForgets) {
  for (const char* name : {"a", "b"}) {
    server_.putFile(name, "x");
  }
  applyProfile(server_, "buggy-paging");
  const HttpMessage first = page("", 0);
  const HttpMessage second = page(first.header("X-NC-Paginate-Token"), 1);
  const HttpMessage third = page(first.header("X-NC-Paginate-Token"), 2);

  EXPECT_EQ(first.header("X-NC-Paginate-Total"), "1");
  EXPECT_THAT(second.body, HasSubstr("<d:href>/remote.php/dav/files/console/</d:href>"));
  EXPECT_THAT(second.body, HasSubstr("<d:href>/remote.php/dav/files/console/a</d:href>"));
  EXPECT_TRUE(third.has("X-NC-Paginate-Token"));
  EXPECT_NE(third.header("X-NC-Paginate-Token"), first.header("X-NC-Paginate-Token"));
}

TEST_F(ProfileTest, SqliteIsBusyAtEveryFifthWrite) {
  applyProfile(server_, "sqlite-busy");

  EXPECT_THAT(statuses(6, "PUT", files("a")), ElementsAre(201, 204, 204, 204, 503, 204));
}

TEST_F(ProfileTest, GatewayTimeoutHidesADoneWrite) {
  applyProfile(server_, "gateway-timeout");
  statuses(3, "PUT", files("a"));

  EXPECT_EQ(ask("PUT", files("b"), {}, "done").status(), 504);
  EXPECT_EQ(server_.readFile("b"), "done");
}

TEST_F(ProfileTest, ResetsComeBeforeAndAfterTheWorkAndInDownloads) {
  server_.putFile("long", std::string(5000, 'x'));
  applyProfile(server_, "resets");
  statuses(3, "GET", files("long"));
  EXPECT_EQ(ask("GET", files("long")).body.size(), 1000U);
  statuses(4, "PROPFIND", files(""));
  EXPECT_EQ(ask("PUT", files("a"), {}, "lost").status(), 0);
  EXPECT_FALSE(server_.exists("a"));
  statuses(5, "PUT", files("b"));

  EXPECT_EQ(ask("PUT", files("a"), {}, "done").status(), 0);
  EXPECT_EQ(server_.readFile("a"), "done");
}

TEST_F(ProfileTest, ThrottlingTellsTheTimeOrNot) {
  for (const auto& [name, retryAfter] :
       std::map<std::string, std::string>{{"throttled", ""}, {"throttled-retry-after", "1"}}) {
    applyProfile(server_, name);
    EXPECT_THAT(statuses(37, "PROPFIND", files("")), ::testing::Each(207));
    const HttpMessage answer = ask("PROPFIND", files(""));
    EXPECT_EQ(answer.status(), 429);
    EXPECT_EQ(answer.header("Retry-After"), retryAfter);
    EXPECT_THAT(statuses(3, "PROPFIND", files("")), ElementsAre(429, 429, 207));
  }
}

TEST_F(ProfileTest, IsRefusedByAnUnknownName) {
  EXPECT_THROW(applyProfile(server_, "sunshine"), std::invalid_argument);
}

TEST(ScriptedNextcloudCommand, ListsItsProfilesWithALineEach) {
  ChildProcess command({.command = {MEDIADOCK_SCRIPTED_NEXTCLOUD, "--help"}});

  EXPECT_EQ(command.waitForExit(std::chrono::seconds(30)), 0);
  for (const Profile& profile : profiles()) {
    EXPECT_THAT(command.standardOutput(), ::testing::ContainsRegex("  " + profile.name + " +[^ ]"));
    EXPECT_THAT(command.standardOutput(), HasSubstr(profile.description + "\n"));
  }
}

TEST(ScriptedNextcloudCommand, ServesAProfile) {
  ChildProcess command(
      {.command = {MEDIADOCK_SCRIPTED_NEXTCLOUD, "--profile", "locks", "--password", "chosen"}});
  const std::string listening = command.waitForLine("listening on ");
  RawConnection connection(
      static_cast<std::uint16_t>(std::stoi(listening.substr(listening.rfind(':') + 1))));
  std::vector<int> statuses;
  for (int i = 0; i < 4; ++i) {
    connection.send(
        "PUT /remote.php/dav/files/console/a HTTP/1.1\r\nHost: localhost\r\n"
        "Authorization: " +
        basicAuthorization("console", "chosen") + "\r\nContent-Length: 1\r\n\r\nx");
    statuses.push_back(connection.receive().status());
  }

  EXPECT_THAT(statuses, ElementsAre(201, 204, 204, 423));
}

}  // namespace
}  // namespace mediadock
