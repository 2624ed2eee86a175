/// \file
/// What a client may send (RFC 9112), seen from outside: the guard, the server, the handler.

#include "unit/http/edge_server.h"

#include <gmock/gmock.h>

#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPost = "POST /echo HTTP/1.1\r\nHost: h\r\n";
const std::string kGet = "GET /hello HTTP/1.1\r\nHost: h\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";
/// What would be answered if a server took the rest of a refused request for the next one.
const std::string kSmuggled = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

struct Refused {
  const char* name;
  std::string request;
  int status;
};

class X66 : public Edge, public testing::WithParamInterface<Refused> {};

TEST_P(X66, IsRefusedWithAProblemAndNothingBehindItIsRead) {
  auto client = connect();
  client.send(GetParam().request + kSmuggled);

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.body, HasSubstr("\"request_id\":"));
  EXPECT_TRUE(client.isClosed());
}

std::string manyHeaders(int count) {
  std::string head = kGet;
  for (int i = 1; i < count; ++i) {
    head += "X-" + std::to_string(i) + ": v\r\n";
  }
  return head + "\r\n";
}

const auto kName = [](const auto& test) { return std::string(test.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Length, X66,
    testing::Values(
        Refused{"S01", kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Refused{"S02", kPost + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", 400},
        Refused{"S03", kPost + "Content-Length: 5, 5\r\n\r\nabcde", 400},
        Refused{"S03Plus", kPost + "Content-Length: +5\r\n\r\nabcde", 400},
        Refused{"S03Minus", kPost + "Content-Length: -1\r\n\r\nabcde", 400},
        Refused{"S03Thousands", kPost + "Content-Length: 1,000\r\n\r\nabcde", 400},
        Refused{"S03Overflow", kPost + "Content-Length: 18446744073709551621\r\n\r\nabcde", 400}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Coding, X66,
    testing::Values(
        Refused{"S05", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Refused{"S06", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"S06Order", kPost + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400},
        Refused{"S06Lines",
                kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400},
        Refused{"S07", kPost + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"S09", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Chunk, X66,
    testing::Values(Refused{"S11Minus", kChunked + "-3\r\nabc\r\n0\r\n\r\n", 400},
                    Refused{"S11Hex", kChunked + "0x3\r\nabc\r\n0\r\n\r\n", 400},
                    Refused{"S11NoNumber", kChunked + "zz\r\nabc\r\n0\r\n\r\n", 400},
                    Refused{"S11Long", kChunked + "00000000000000003\r\nabc\r\n0\r\n\r\n", 400},
                    Refused{"S11Data", kChunked + "3\r\nabcd\r\n0\r\n\r\n", 400}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Head, X66,
    testing::Values(
        Refused{"S17", kGet + "X-A: a\rX-B: b\r\n\r\n", 400},
        Refused{"M09", "CONNECT host:443 HTTP/1.1\r\nHost: host:443\r\n\r\n", 405},
        Refused{"M13NoHost", "GET /hello HTTP/1.1\r\n\r\n", 400},
        Refused{"M13TwoHosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Refused{"M13List", "GET /hello HTTP/1.1\r\nHost: a,b\r\n\r\n", 400},
        Refused{"M19Count", manyHeaders(101), 431},
        Refused{"M19Header", kGet + "X-Long: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        Refused{"M19Target", "GET /" + std::string(17000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n",
                414},
        Refused{"M21", kGet + "x\n", 400}, Refused{"M21ShortLine", kGet + "x\r\n\r\n", 400},
        Refused{"M22", kGet + "X-A: a\r\n b\r\n\r\n", 400},
        Refused{"M26", kPost + "Expect: something-else\r\nContent-Length: 5\r\n\r\nabcde", 417},
        Refused{"P15", "GET /hello XXXX/1.1\r\nHost: h\r\n\r\n", 400},
        Refused{"P15Version", "GET /hello HTTP/2.0\r\nHost: h\r\n\r\n", 505}),
    kName);

TEST_F(Edge, H24X27P1NeverGivesBackADecodedLineBreak) {
  const auto answer =
      connect().exchange("GET", "/hello", "X-Request-Id: =?utf-8?Q?a=0D=0AX-Evil:_1?=\r\n");

  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.headers.has("X-Evil"));
  EXPECT_EQ(answer.header("X-Request-Id").size(), 32U);
}

TEST_F(Edge, M06NeverEchoesATrace) {
  const auto answer = connect().exchange("TRACE", "/hello", "X-Secret: s\r\n");

  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_THAT(answer.body, Not(HasSubstr("X-Secret")));
}

TEST_F(Edge, M10AnswersAnUnknownPathWithAProblem) {
  const auto answer = connect().exchange("GET", "/nowhere");

  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(Edge, M12AnswersOldHttpWithoutHostAndCloses) {
  auto client = connect();
  client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_TRUE(client.isClosed());
}

TEST_F(Edge, M17X67P3DoesNotTakeAnUnreadBodyForARequest) {
  auto client = connect();
  const auto first = client.exchange("POST", "/ignore", "", kSmuggled);
  const auto second = client.exchange("POST", "/hello", "", "body");
  const auto third = client.exchange("GET", "/hello");

  EXPECT_EQ(first.body, "\"ignored\"");
  EXPECT_EQ(second.status, 405);
  EXPECT_EQ(third.status, 200);
}

TEST_F(Edge, M17P3ReadsAnUnreadChunkedBodyAway) {
  auto client = connect();
  client.send("POST /ignore HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
              std::string("3\r\nabc\r\n0\r\n\r\n") + kGet + "\r\n");

  EXPECT_EQ(client.receive().body, "\"ignored\"");
  EXPECT_EQ(client.receive().body, "\"hello\"");
}

TEST_F(Edge, P3ClosesRatherThanReadALongRest) {
  auto client = connect();
  client.send("POST /ignore HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");

  EXPECT_EQ(client.receive().header("Connection"), "close");
  EXPECT_TRUE(client.isClosed());
}

TEST_F(Edge, S10P6AnswersAPostWithoutALengthAtOnce) {
  auto client = connect();

  EXPECT_EQ(client.exchange("POST", "/echo").body, "");
  EXPECT_EQ(client.exchange("OPTIONS", "/echo").status, 204);
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200);
}

TEST_F(Edge, S14P10AnswersARequestBehindTrailers) {
  auto client = connect();
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n" +
              std::string("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n") + kGet + "\r\n");

  const auto first = client.receive();

  EXPECT_EQ(first.body, "abcde");
  EXPECT_EQ(first.header("Connection"), "keep-alive");
  EXPECT_EQ(client.receive().body, "\"hello\"");
}

TEST_F(Edge, P15HonoursCloseAmongOtherOptions) {
  auto client = connect();

  EXPECT_EQ(client.exchange("GET", "/hello", "Connection: foo, close\r\n").header("Connection"),
            "close");
  EXPECT_TRUE(client.isClosed());
}

TEST_F(Edge, S15TellsATruncatedBodyFromAWholeOne) {
  for (const std::string body :
       {"Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\na\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}) {
    auto client = connect();
    client.send(kPost + body);
    client.finishSending();

    EXPECT_EQ(client.receive().status, 400) << body;
    EXPECT_TRUE(client.isClosed());
  }
}

TEST_F(Edge, S19S20P11BreaksOffShortOfTheLengthAndNeverSendsChunks) {
  const auto answer = connect().exchange("GET", "/broken");

  EXPECT_TRUE(answer.isShort);
  EXPECT_EQ(answer.header("Content-Length"), "100000");
  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_THAT(answer.body, Not(HasSubstr("HTTP/1.1")));
}

TEST_F(Edge, S19AnswersAProblemWhereASmallBodyBreaksOff) {
  auto client = connect();

  EXPECT_GE(client.exchange("GET", "/broken-small").status, 500);
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200) << "the connection is as good as before";
}

TEST_F(Edge, M23P17RefusesALongBodyBeforeItIsSent) {
  auto client = connect();
  client.send("POST /limited HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n" +
              std::string("Expect: 100-continue\r\n\r\n"));

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.isClosed());
}

TEST_F(Edge, M25SendsContinueOnceWhenTheBodyIsWanted) {
  auto client = connect();
  client.send(kPost + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");

  EXPECT_EQ(client.receive().status, 100);
  client.send("abc");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "abc");
  EXPECT_EQ(client.exchange("GET", "/hello").status, 200);
}

TEST_F(Edge, U20RefusesAChunkedBodyOnceItIsTooLong) {
  EXPECT_EQ(server
                .answerTo("POST /limited HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "b\r\nabcdefghijk\r\n0\r\n\r\n")
                .status,
            413);
}

}  // namespace
}  // namespace mediadock::http
