#include "unit/support/scripted_nextcloud_fixture.h"

#include <gmock/gmock.h>

#include <thread>

namespace mediadock {
namespace {

using namespace std::chrono_literals;
using namespace scripted;

using MisbehaviourTest = ScriptedNextcloudTest;

TEST_F(MisbehaviourTest, AnswersOtherwiseForTheCountedRequestsOnly) {
  server_.putFile("a.txt", "a");
  server_.misbehave(
      {.method = "GET", .pathPart = "a.txt", .action = answerLocked(), .skip = 1, .times = 2});

  EXPECT_EQ(ask("GET", files("a.txt")).status(), 200);
  EXPECT_EQ(ask("GET", files("a.txt")).status(), 423);
  EXPECT_EQ(ask("GET", files("a.txt")).status(), 423);
  EXPECT_EQ(ask("GET", files("a.txt")).status(), 200);
}

TEST_F(MisbehaviourTest, AnswersWithHeadersOfChoice) {
  server_.misbehave({.action = answerPage(503, {{"Retry-After", "7"}})});

  EXPECT_EQ(ask("GET", files("a.txt")).header("Retry-After"), "7");
}

TEST_F(MisbehaviourTest, ShowsALoginPageWithSuccess) {
  server_.misbehave({.action = answerLoginPage()});
  const HttpMessage answer = ask("PUT", files("a.txt"), {}, "a");

  EXPECT_EQ(answer.status(), 200);
  EXPECT_THAT(answer.body, ::testing::HasSubstr("<html"));
  EXPECT_FALSE(server_.exists("a.txt"));
}

TEST_F(MisbehaviourTest, Waits) {
  server_.misbehave({.action = Delay{50ms}});
  const auto start = std::chrono::steady_clock::now();

  EXPECT_EQ(ask("PROPFIND", files("")).status(), 207);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 50ms);
}

TEST_F(MisbehaviourTest, HangsUntilTheClientGoes) {
  server_.misbehave({.action = Hang{}});
  RawConnection connection(server_.port());
  connection.send(head("GET", files("a.txt")) + "\r\n");
  ASSERT_TRUE(server_.waitForRequests("GET", "a.txt", 1));

  connection.close();

  EXPECT_TRUE(server_.waitUntilIdle());
}

TEST(ScriptedNextcloudStop, DoesNotWaitForAHangingRequest) {
  auto server = std::make_unique<ScriptedNextcloud>();
  server->misbehave({.action = Hang{}});
  RawConnection connection(server->port());
  connection.send("GET /status.php HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(server->waitForRequests("GET", "status", 1));

  server.reset();

  EXPECT_EQ(connection.receive().status(), 0);
}

TEST_F(MisbehaviourTest, ClosesWithoutAnAnswerAndWithoutWork) {
  server_.misbehave({.action = CloseBeforeAnswer{}});

  EXPECT_EQ(ask("PUT", files("a.txt"), {}, "a").status(), 0);
  EXPECT_FALSE(server_.exists("a.txt"));
}

TEST_F(MisbehaviourTest, CutsAnAnswerShort) {
  server_.putFile("a.txt", "0123456789");
  server_.misbehave({.method = "GET", .action = CutAnswerAfter{4}});
  const HttpMessage answer = ask("GET", files("a.txt"));

  EXPECT_EQ(answer.header("Content-Length"), "10");
  EXPECT_EQ(answer.body, "0123");
}

TEST_F(MisbehaviourTest, WorksButAnswersAsAProxyThatGaveUp) {
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{answerPage(504).answer}});

  EXPECT_EQ(ask("PUT", files("a.txt"), {}, "a").status(), 504);
  EXPECT_EQ(server_.readFile("a.txt"), "a");
}

TEST_F(MisbehaviourTest, WorksButDoesNotAnswer) {
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{}});

  EXPECT_EQ(ask("PUT", files("a.txt"), {}, "a").status(), 0);
  EXPECT_EQ(server_.readFile("a.txt"), "a");
}

TEST_F(MisbehaviourTest, IgnoresRanges) {
  server_.putFile("a.txt", "0123456789");
  server_.misbehave({.action = IgnoreRange{}});
  const HttpMessage answer = ask("GET", files("a.txt"), {{"Range", "bytes=2-3"}});

  EXPECT_EQ(answer.status(), 200);
  EXPECT_EQ(answer.body, "0123456789");
}

TEST_F(MisbehaviourTest, LiesAboutARange) {
  server_.putFile("a.txt", "0123456789");
  server_.misbehave({.action = WrongContentRange{"bytes 0-1/10"}});
  const HttpMessage answer = ask("GET", files("a.txt"), {{"Range", "bytes=2-3"}});

  EXPECT_EQ(answer.status(), 206);
  EXPECT_EQ(answer.header("Content-Range"), "bytes 0-1/10");
  EXPECT_EQ(answer.body, "23");
}

TEST_F(MisbehaviourTest, RefusesLargeBodies) {
  server_.misbehave({.method = "PUT", .action = RefuseBodyAbove{4}});

  EXPECT_EQ(ask("PUT", files("a.txt"), {}, "1234").status(), 201);
  EXPECT_EQ(ask("PUT", files("b.txt"), {}, "12345").status(), 413);
}

TEST_F(MisbehaviourTest, FillsUpInTheMiddleOfABody) {
  server_.misbehave({.method = "PUT", .action = FullAfter{100}});

  EXPECT_EQ(ask("PUT", files("a.txt"), {}, std::string(5000, 'x')).status(), 507);
  EXPECT_FALSE(server_.exists("a.txt"));
}

TEST_F(MisbehaviourTest, CountsAnewAfterEachPeriod) {
  server_.putFile("a.txt", "a");
  server_.misbehave(
      {.method = "GET", .action = answerLocked(), .skip = 1, .times = 1, .period = 3});

  for (const int status : {200, 423, 200, 200, 423, 200}) {
    EXPECT_EQ(ask("GET", files("a.txt")).status(), status);
  }
}

TEST_F(MisbehaviourTest, EndsWithTheRules) {
  server_.misbehave({.action = answerPage(500)});
  server_.behave();

  EXPECT_EQ(ask("PROPFIND", files("")).status(), 207);
}

}  // namespace
}  // namespace mediadock
