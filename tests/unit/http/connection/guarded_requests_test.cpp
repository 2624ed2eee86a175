#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <vector>

namespace mediadock::http::guard {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kNext = "GET /echo?next" + kHost + "\r\n";
const std::string kNextEcho = echoOf("GET", "/echo?next", "");

std::string chunked(const std::string& chunks) {
  return "POST /echo" + kHost + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
}

class Guarded : public testing::Test {
 protected:
  std::unique_ptr<EchoServer> server_ = EchoServer::guarded();
  RawClient client_{server_->port()};
};

struct Row {
  std::string name;
  std::string bytes;
  int status;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class GuardedRefusals : public testing::TestWithParam<Row> {};

TEST_P(GuardedRefusals, AnswerOnceAndEndTheConnection) {
  const auto server = EchoServer::guarded();
  RawClient client(server->port());

  client.send(GetParam().bytes + kNext);

  const auto answer = client.receive();
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_THAT(answer.head,
              AllOf(HasSubstr("application/problem+json"), HasSubstr("Connection: close"),
                    HasSubstr("nosniff"), HasSubstr("no-store"), HasSubstr("X-Request-Id: ")));
  EXPECT_THAT(answer.body, HasSubstr("\"status\":" + std::to_string(GetParam().status)));
  EXPECT_TRUE(client.isEnded());
  EXPECT_EQ(server->handled(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GuardedRefusals,
    testing::Values(
        Row{"S01", "POST /echo" + kHost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            400},
        Row{"S02", "POST /echo" + kHost + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
            400},
        Row{"S03", "POST /echo" + kHost + "Content-Length: 5, 5\r\n\r\nabcde", 400},
        Row{"S05", "POST /echo" + kHost + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        Row{"S06", "POST /echo" + kHost + "Transfer-Encoding: xchunked\r\n\r\n", 400},
        Row{"S07", "POST /echo" + kHost + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
        Row{"S09", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Row{"S17", "GET /echo" + kHost + "A: b\rc\r\n\r\n", 400},
        Row{"M09", "CONNECT a:443" + kHost + "\r\n", 405},
        Row{"M13Missing", "GET /echo HTTP/1.1\r\n\r\n", 400},
        Row{"M13Two", "GET /echo" + kHost + "Host: b\r\n\r\n", 400},
        Row{"M19Header", "GET /echo" + kHost + "A: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        Row{"M19Target", "GET /" + std::string(17000, 'x') + kHost + "\r\n", 414},
        Row{"M19EndlessTarget", "GET /" + std::string(60000, 'x'), 414},
        Row{"M19EndlessHead", "GET /echo" + kHost + "A: " + std::string(60000, 'x'), 431},
        Row{"M21", "GET /echo" + kHost + "x\nHidden: 1\r\n\r\n", 400},
        Row{"M22", "GET /echo" + kHost + "A: b\r\n c\r\n\r\n", 400},
        Row{"M26", "POST /echo" + kHost + "Expect: else\r\nContent-Length: 1\r\n\r\nx", 417},
        Row{"P15", "GET /echo XXXX/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"TlsToAPlainPort", "\x16\x03\x01\x02", 400}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST_F(Guarded, AnswersOneRequestAfterTheOther) {
  for (int i = 0; i < 3; ++i) {
    client_.send("POST /echo" + kHost + "Content-Length: 5\r\n\r\nhello");
    EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "hello"));
  }
}

TEST_F(Guarded, AnswersPipelinedRequestsInOrder) {
  client_.send("POST /echo" + kHost + "Content-Length: 5\r\n\r\nhello" +
               chunked("2\r\nab\r\n0\r\n\r\n") + kNext);

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "hello"));
  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "ab"));
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, TakesAHeadThatArrivesByteByByte) {
  for (const char c : "POST /echo" + kHost + "Content-Length: 2\r\n\r\nhi") {
    client_.send({&c, 1});
  }

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "hi"));
}

TEST_F(Guarded, TakesALargeBody) {
  const std::string body(3000000, 'x');
  client_.send("POST /echo" + kHost + "Content-Length: 3000000\r\n\r\n" + body);

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", body));
}

TEST_F(Guarded, TakesALargeChunk) {
  const std::string body(0x30000, 'x');
  client_.send(chunked("30000\r\n" + body + "\r\n0\r\n\r\n"));

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", body));
}

TEST_F(Guarded, SkipsOneEmptyLineBeforeARequest) {
  client_.send("\r\n" + kNext);

  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, GivesARefusalAnAllowHeaderWhereItBelongs) {
  client_.send("CONNECT a:443" + kHost + "\r\n");

  EXPECT_THAT(client_.receive().head, HasSubstr("\r\nAllow:\r\n"));
}

TEST_F(Guarded, P1H24HandsOnWordsAsTheyAre) {
  client_.send("GET /header/X" + kHost + "X: =?utf-8?Q?a=0D=0AEvil:_1?=\r\n\r\n");

  EXPECT_EQ(client_.receive().body, "=?utf-8?Q?a=0D=0AEvil:_1?=");
}

TEST_F(Guarded, P3M17X67ReadsAwayAnUnreadBody) {
  client_.send("POST /ignore" + kHost + "Content-Length: 4\r\n\r\nbody" + kNext);

  EXPECT_EQ(client_.receive().body, "ignored");
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, P3ReadsAwayAnUnreadChunkedBody) {
  client_.send("POST /ignore" + kHost + "Transfer-Encoding: chunked\r\n\r\n");
  client_.send("4\r\nbody\r\n0\r\nT: v\r\n\r\n" + kNext);

  EXPECT_EQ(client_.receive().body, "ignored");
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, P3NeverRunsARequestHiddenInABody) {
  client_.send("POST /ignore" + kHost + "Content-Length: " + std::to_string(kNext.size()) +
               "\r\n\r\n" + kNext);

  EXPECT_EQ(client_.receive().body, "ignored");
  client_.endSending();
  EXPECT_TRUE(client_.isEnded());
  EXPECT_EQ(server_->handled(), 1);
}

TEST_F(Guarded, P3ClosesBehindALongUnreadBody) {
  client_.send("POST /ignore" + kHost + "Content-Length: 100000\r\n\r\n" +
               std::string(100000, 'x') + kNext);

  EXPECT_EQ(client_.receive().body, "ignored");
  EXPECT_TRUE(client_.isEnded());
}

TEST_F(Guarded, P3EndsTheConnectionOfAHandlerThatSaidNothing) {
  client_.send("POST /silent" + kHost + "Content-Length: 4\r\n\r\nbody" + kNext);

  EXPECT_TRUE(client_.isEnded());
  EXPECT_EQ(server_->handled(), 1);
}

TEST_F(Guarded, P4KeepsHeadersBehindALineOfAnUnluckyLength) {
  for (const std::size_t length : {4094U, 8186U}) {
    client_.send("GET /header/X" + kHost + "A: " + std::string(length - 5, 'v') +
                 "\r\nX: y\r\n\r\n");
    EXPECT_EQ(client_.receive().body, "y");
  }
}

TEST_F(Guarded, P6S10TakesNoBodyWhereNoneIsFramed) {
  client_.send("POST /echo" + kHost + "\r\n");

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", ""));
  client_.send(kNext);
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, P10S14SwallowsTrailersAndExtensions) {
  client_.send(chunked("2;a=b\r\nab\r\n0;c\r\nT: v\r\n\r\n") + kNext);

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "ab"));
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, GivesAHandlerThatReadsOnTheEndAgain) {
  client_.send("POST /past" + kHost + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" +
               kNext);
  client_.send("POST /past" + kHost + "Content-Length: 2\r\n\r\nab" + kNext);

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/past", "ab"));
  EXPECT_EQ(client_.receive().body, kNextEcho);
  EXPECT_EQ(client_.receive().body, echoOf("POST", "/past", "ab"));
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, AHandlerThatWaitsForTheSocketLosesNothing) {
  client_.send("POST /waits" + kHost + "Content-Length: 4\r\n\r\nbody" + kNext);

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/waits", "body"));
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

class GuardedBrokenBodies : public testing::TestWithParam<Row> {};

TEST_P(GuardedBrokenBodies, AreRefusedInTheMiddle) {
  const auto server = EchoServer::guarded(quickSettings());
  RawClient client(server->port());

  client.send(GetParam().bytes);

  EXPECT_EQ(client.receive().status, GetParam().status);
  EXPECT_TRUE(client.isEnded());
  EXPECT_EQ(server->handled(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GuardedBrokenBodies,
    testing::Values(Row{"S11Sign", chunked("-3\r\nabc\r\n0\r\n\r\n" + kNext), 400},
                    Row{"S11Prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n" + kNext), 400},
                    Row{"S11Word", chunked("zz\r\n" + kNext), 400},
                    Row{"S11Huge", chunked("10000000000000000\r\n" + kNext), 400},
                    Row{"P10MissingLineEnd", chunked("3\r\nabc0\r\n\r\n" + kNext), 400},
                    Row{"U36TooSlow", "POST /echo" + kHost + "Content-Length: 5\r\n\r\nab", 408},
                    Row{"TooSlowChunk", chunked("5\r\nab"), 408}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST_F(Guarded, S15TellsWhoLeavesBeforeTheLength) {
  client_.send("POST /echo" + kHost + "Content-Length: 5\r\n\r\nab");
  client_.endSending();

  EXPECT_EQ(client_.receive().status, 400);
}

TEST_F(Guarded, S15TellsWhoLeavesInsideAChunk) {
  client_.send(chunked("5\r\nab"));
  client_.endSending();

  EXPECT_EQ(client_.receive().status, 400);
}

TEST_F(Guarded, M12ClosesBehindHttp10) {
  client_.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + kNext);

  EXPECT_THAT(client_.receive().head, HasSubstr("Connection: Close"));
  EXPECT_TRUE(client_.isEnded());
  EXPECT_EQ(server_->handled(), 1);
}

TEST_F(Guarded, P15ClosesWhereAskedAmongOtherOptions) {
  client_.send("GET /echo" + kHost + "Connection: foo, close\r\n\r\n" + kNext);

  EXPECT_EQ(client_.receive().status, 200);
  EXPECT_TRUE(client_.isEnded());
}

TEST_F(Guarded, M25ContinuesOnceAndThenAnswers) {
  client_.send("POST /echo" + kHost + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

  EXPECT_EQ(client_.receive().status, 100);
  client_.send("hi");
  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "hi"));
  client_.send(kNext);
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, P16TakesTheLargest) {
  client_.send("GET /header/X" + kHost + "X: " + std::string(8192, 'v') + "\r\n\r\n");
  EXPECT_EQ(client_.receive().body, std::string(8192, 'v'));

  const std::string target = "/" + std::string(16383, 't');
  client_.send("GET " + target + kHost + "\r\n");
  EXPECT_EQ(client_.receive().body, echoOf("GET", target, ""));
}

TEST_F(Guarded, SendsSeveralBuffersAsOneAnswer) {
  client_.send("GET /pieces" + kHost + "\r\n" + kNext);

  EXPECT_EQ(client_.receive().body, "body");
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST_F(Guarded, SendsFiles) {
  client_.send("GET /file/1000000" + kHost + "\r\n" + kNext);

  EXPECT_EQ(client_.receive().body, std::string(1000000, '\0'));
  EXPECT_EQ(client_.receive().body, kNextEcho);
}

TEST(GuardedNotices, TellWhoWasRefusedAndWhy) {
  std::mutex mutex;
  std::vector<int> statuses;
  auto settings = patientSettings();
  settings.onRefused = [&](const RefusalNotice& notice) {
    const std::lock_guard lock(mutex);
    EXPECT_THAT(notice.peer, StartsWith("127.0.0.1:"));
    EXPECT_EQ(notice.requestId.size(), 32U);
    statuses.push_back(notice.status);
  };
  {
    const auto server = EchoServer::guarded(settings);
    RawClient client(server->port());
    client.send("GET /echo HTTP/1.1\r\n\r\n");
    client.receiveToEnd();
  }

  EXPECT_THAT(statuses, ElementsAre(400));
}

}  // namespace
}  // namespace mediadock::http::guard
