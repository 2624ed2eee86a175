/// \file
/// What goes over a connection: what the handler has to do with it.

#include "unit/http/edge_server.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <utility>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Edge, AnswersSeveralRequestsOnOneConnection) {
  auto client = connect();

  const auto first = client.exchange("GET", "/hello");
  const auto second = client.exchange("GET", "/hello");

  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "\"hello\"");
  EXPECT_EQ(first.header("Connection"), "keep-alive");
  EXPECT_EQ(second.body, "\"hello\"");
}

TEST_F(Edge, H25HasADateAndNamesNoServer) {
  const auto answer = connect().exchange("GET", "/hello");

  EXPECT_TRUE(answer.headers.has("Date"));
  EXPECT_FALSE(answer.headers.has("Server"));
}

TEST_F(Edge, GivesBackASaneRequestId) {
  EXPECT_EQ(
      connect().exchange("GET", "/hello", "X-Request-Id: abc.1_2-3\r\n").header("X-Request-Id"),
      "abc.1_2-3");
  EXPECT_EQ(
      connect().exchange("GET", "/hello", "X-Request-Id: a b\r\n").header("X-Request-Id").size(),
      32U);
}

TEST_F(Edge, X26P2WritesNoHeaderThatSplitsTheAnswer) {
  const auto answer = connect().exchange("GET", "/split");

  EXPECT_EQ(answer.status, 500);
  EXPECT_FALSE(answer.headers.has("Set-Cookie"));
}

TEST_F(Edge, HandsOnWhatASlowClientSendsBeforeALargeBufferIsFull) {
  constexpr std::size_t kBuffer = 262144;
  std::size_t sent = 65536;
  auto client = connect();
  client.send("POST /first-piece HTTP/1.1\r\nHost: x\r\nContent-Length: " +
              std::to_string(kBuffer) + "\r\n\r\n" + std::string(sent, 'x'));

  while (!client.hasAnswer(std::chrono::milliseconds(1))) {
    ASSERT_LT(++sent, kBuffer);
    client.send("x");
  }

  const std::size_t piece = std::stoul(client.receive().body);
  EXPECT_GE(piece, 65536U);
  EXPECT_LE(piece, sent);
}

class Throwing : public Edge, public testing::WithParamInterface<std::pair<const char*, int>> {};

TEST_P(Throwing, P13H14AnswersWithAProblemAndGoesOn) {
  auto client = connect();

  const auto answer = client.exchange("GET", GetParam().first);

  EXPECT_EQ(answer.status, GetParam().second);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.body, HasSubstr(answer.header("X-Request-Id")));
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200);
}

INSTANTIATE_TEST_SUITE_P(All, Throwing,
                         testing::Values(std::pair("/standard", 500), std::pair("/odd", 500),
                                         std::pair("/silent", 500), std::pair("/storage", 423),
                                         std::pair("/missing", 404), std::pair("/%zz", 400),
                                         std::pair("//hello", 404), std::pair("/hello/", 404),
                                         std::pair("/hello?x=%00", 400)));

TEST_F(Edge, P12BreaksOffWhereAnEndpointWroteTooLittle) {
  EXPECT_TRUE(connect().exchange("GET", "/short").isShort);
}

TEST_F(Edge, AnswersHeadWithTheSameLengthAndNoBody) {
  auto client = connect();

  const auto answer = client.exchange("HEAD", "/hello");

  EXPECT_EQ(answer.header("Content-Length"), "7");
  EXPECT_EQ(client.exchange("GET", "/hello").body, "\"hello\"");
}

TEST_F(Edge, M02SendsNoBodyForAHeadThatFails) {
  auto client = connect();

  EXPECT_EQ(client.exchange("HEAD", "/missing").status, 404);
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200);
}

TEST_F(Edge, H21Sends204WithoutLength) {
  auto client = connect();

  EXPECT_FALSE(client.exchange("GET", "/empty").headers.has("Content-Length"));
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200);
}

TEST_F(Edge, M03NamesTheMethodsOfAPath) {
  auto client = connect();

  const auto options = client.exchange("OPTIONS", "/hello");
  const auto wrong = client.exchange("DELETE", "/hello");

  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.exchange("OPTIONS", "*").status, 204);
}

TEST_F(Edge, X13FindsTheRouteByItsDecodedPath) {
  auto client = connect();

  EXPECT_EQ(client.exchange("GET", "/%68ello").status, 200);
  EXPECT_EQ(client.exchange("GET", "http://other/hello").status, 200);
  EXPECT_EQ(client.exchange("GET", "/items/a%20b").body, "a b");
  EXPECT_EQ(client.exchange("GET", "/items/").status, 404);
  EXPECT_EQ(client.exchange("GET", "/items/a/b").status, 404);
  EXPECT_EQ(client.exchange("GET", "/items/a%2Fb").status, 404);
}

TEST_F(Edge, ClosesItsConnectionsWhileDraining) {
  server.drain.begin();

  EXPECT_EQ(connect().exchange("GET", "/hello").header("Connection"), "close");
}

}  // namespace
}  // namespace mediadock::http
