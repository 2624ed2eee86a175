/// \file
/// Slow, greedy and many clients, and that others do not notice.

#include "unit/http/edge_server.h"
#include "unit/http/log_capture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

using Clock = std::chrono::steady_clock;

constexpr const char* kHelloRequest = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr const char* kEchoHead = "POST /echo HTTP/1.1\r\nHost: h\r\n";

TEST(Availability, X61P26DropsHeadsThatDripAndAnswersOthersMeanwhile) {
  auto settings = EdgeServer::patientSettings();
  settings.maxConnections = 64;
  const EdgeServer server(
      settings, [](auto& limits) { limits.headTimeout = std::chrono::milliseconds(1500); });
  std::vector<HttpClient> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(server.connect());
  }

  for (const char c : std::string("GET /hello")) {
    for (auto& client : slow) {
      client.send(std::string_view(&c, 1));
    }
    EXPECT_EQ(server.connect().exchange("GET", "/hello").status, 200);
  }

  for (auto& client : slow) {
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_TRUE(client.isClosed());
  }
}

TEST(Availability, X61U36GivesABodyAMinimumRate) {
  const EdgeServer server(EdgeServer::patientSettings(), [](auto& limits) {
    limits.receiving = {.stall = std::chrono::seconds(10),
                        .grace = std::chrono::milliseconds(300),
                        .bytesPerSecond = 100000};
  });
  auto client = server.connect();
  client.send(std::string(kEchoHead) + "Content-Length: 1000\r\n\r\nabc");

  EXPECT_EQ(client.receive().status, 408);
}

TEST_F(Edge, X61GivesUpOnABodyThatStandsStillWithoutAReset) {
  auto client = connect();
  client.send(std::string(kEchoHead) + "Content-Length: 10\r\n\r\nabc");

  EXPECT_EQ(client.receive().status, 408);
  EXPECT_TRUE(client.isClosed());
  EXPECT_NO_THROW(client.send("what the client had under way"));
}

TEST_F(Edge, P25LetsGoOfAClientThatStopsReading) {
  auto client = connect();
  client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(client.isClosed());
  ASSERT_FALSE(server.drain.waitUntilIdle(std::chrono::seconds(0)));

  EXPECT_TRUE(server.drain.waitUntilIdle(std::chrono::seconds(8)));
}

TEST_F(Edge, P14P29NoticesAClientThatLeaves) {
  LogCapture log("access");
  auto client = connect();
  client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(client.isClosed());

  client.reset();

  EXPECT_EQ(log.await(" aborted ", 1), 1U);
  EXPECT_EQ(connect().exchange("GET", "/hello").status, 200);
}

TEST_F(Edge, X63IdleConnectionsKeepNobodyWaiting) {
  std::vector<HttpClient> idle;
  for (int i = 0; i < 7; ++i) {
    idle.push_back(connect());
    ASSERT_EQ(idle.back().exchange("GET", "/hello").status, 200);
  }
  const auto start = Clock::now();

  EXPECT_EQ(connect().exchange("GET", "/hello").status, 200);

  EXPECT_LT(Clock::now() - start, std::chrono::seconds(1));
}

TEST_F(Edge, X64P23TellsABurstThatItIsFullAndLogsThat) {
  LogCapture log("access");
  std::vector<HttpClient> busy;
  for (int i = 0; i < 8; ++i) {
    busy.push_back(connect());
    busy.back().send(std::string(kEchoHead) + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(busy.back().receive().status, 100);
  }
  std::vector<HttpClient> burst;
  for (int i = 0; i < 72; ++i) {
    burst.push_back(connect());
    burst.back().send(kHelloRequest);
  }

  for (auto& client : burst) {
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "1");
  }
  for (auto& client : busy) {
    client.send("abc");
    EXPECT_EQ(client.receive().status, 200);
  }
  EXPECT_EQ(log.await(" 127.0.0.1 - - - 503 ", 72), 72U);
  EXPECT_EQ(log.await(" 127.0.0.1 - POST /echo 200 ", 8), 8U);
}

TEST_F(Edge, LogsARequestThatTheGuardRefuses) {
  LogCapture log("access");

  const auto answer = server.answerTo("GET /hello HTTP/1.1\r\n\r\n");

  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(log.await(" 127.0.0.1 - - - 400 0B 0.0ms whole " + answer.header("X-Request-Id"), 1),
            1U);
}

TEST_F(Edge, S15LogsABodyThatBreaksOffAsAborted) {
  LogCapture log("access");
  auto client = connect();
  client.send(std::string(kEchoHead) + "Content-Length: 10\r\n\r\nabc");
  client.finishSending();

  EXPECT_EQ(client.receive().status, 400);
  EXPECT_EQ(log.await(" POST /echo 0 0B ", 1), 1U);
  EXPECT_EQ(log.await(" aborted ", 1), 1U);
}

TEST_F(Edge, U19LetsAnUploaderOf100MbReadIts413) {
  auto client = connect();
  client.send("POST /limited HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n");
  const std::string piece(1000000, 'x');
  for (int i = 0; i < 100; ++i) {
    client.send(piece);
  }

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr("larger than 10 bytes"));
}

}  // namespace
}  // namespace mediadock::http
