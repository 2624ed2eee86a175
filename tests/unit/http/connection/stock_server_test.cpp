// What Poco 1.11 does without the guard. Each of these has a counterpart in
// guarded_requests_test.cpp. Where one fails on a newer Poco, a cure has become superfluous.

#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace mediadock::http::guard {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class StockServer : public testing::Test {
 protected:
  std::unique_ptr<EchoServer> server_ = EchoServer::stock();
  RawClient client_{server_->port()};
};

TEST_F(StockServer, P1DecodesWordsIntoLineEnds) {
  client_.send("GET /header/X" + kHost + "X: =?utf-8?Q?a=0D=0AEvil:_1?=\r\n\r\n");

  EXPECT_EQ(client_.receive().body, "a\r\nEvil: 1");
}

TEST_F(StockServer, P3TakesAnUnreadBodyForTheNextRequest) {
  client_.send("POST /ignore" + kHost + "Content-Length: 4\r\n\r\nbodyGET /method" + kHost +
               "\r\n");

  EXPECT_EQ(client_.receive().body, "ignored");
  EXPECT_EQ(client_.receive().body, "bodyGET");
}

TEST_F(StockServer, P4LosesHeadersBehindALineOfAnUnluckyLength) {
  client_.send("GET /header/X" + kHost + "A: " + std::string(4094 - 5, 'v') + "\r\nX: y\r\n\r\n");

  EXPECT_EQ(client_.receive().body, "-");
}

TEST_F(StockServer, P5TakesBothFramingsAtOnce) {
  client_.send("POST /echo" + kHost +
               "Content-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "x"));
}

TEST_F(StockServer, P10TakesTrailersForTheNextRequest) {
  client_.send("POST /echo" + kHost +
               "Transfer-Encoding: chunked\r\n\r\n0\r\nT: v\r\n\r\nGET /echo" + kHost + "\r\n");

  client_.receive();
  EXPECT_NE(client_.receive().status, 200);
}

TEST_F(StockServer, P10TakesACutChunkedBodyForAWholeOne) {
  client_.send("POST /echo" + kHost + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
  client_.endSending();

  EXPECT_EQ(client_.receive().body, echoOf("POST", "/echo", "ab"));
}

TEST_F(StockServer, P15EchoesAMadeUpVersion) {
  client_.send("GET /echo XXXX/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(client_.receive().head, StartsWith("XXXX/1.1 200"));
}

TEST_F(StockServer, P15IgnoresCloseAmongOtherOptions) {
  client_.send("GET /echo" + kHost + "Connection: foo, close\r\n\r\n");
  client_.receive();
  client_.send("GET /echo" + kHost + "\r\n");

  EXPECT_EQ(client_.receive().status, 200);
}

TEST_F(StockServer, LosesTheHeadBehindAByteThatItTakesForTheEnd) {
  client_.send("GET /header/X" + kHost +
               "X: a\xFF"
               "b\r\n\r\n");

  EXPECT_EQ(client_.receive().body, "ab");
}

}  // namespace
}  // namespace mediadock::http::guard
