#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"
#include "unit/http/connection/test_certificate.h"

#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace mediadock::http::guard {
namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class GuardedTls : public testing::Test {
 protected:
  static void SetUpTestSuite() { Poco::Net::initializeSSL(); }

  static void TearDownTestSuite() { Poco::Net::uninitializeSSL(); }

  std::unique_ptr<EchoServer> serve(const GuardSettings& settings = patientSettings()) const {
    const Context::Ptr context = new Context(Context::TLS_SERVER_USE, certificate_.keyFile(),
                                             certificate_.certificateFile(), "");
    return EchoServer::guarded(settings, context);
  }

  static SecureStreamSocket connect(const EchoServer& server) {
    const Context::Ptr context =
        new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE, 9, false);
    SecureStreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server.port()), context);
    socket.setReceiveTimeout(Poco::Timespan(5, 0));
    return socket;
  }

  static void send(SecureStreamSocket& socket, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      sent += static_cast<std::size_t>(
          socket.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent)));
    }
  }

  /// What comes until it ends with `end`, or ends.
  static std::string receiveUntil(SecureStreamSocket& socket, std::string_view end) {
    std::string all;
    std::string block(65536, '\0');
    while (!all.ends_with(end)) {
      const int got = socket.receiveBytes(block.data(), static_cast<int>(block.size()));
      if (got == 0) {
        break;
      }
      all.append(block, 0, static_cast<std::size_t>(got));
    }
    return all;
  }

  static std::string receiveToEnd(SecureStreamSocket& socket) {
    std::string all;
    std::string block(65536, '\0');
    while (const int got = socket.receiveBytes(block.data(), static_cast<int>(block.size()))) {
      all.append(block, 0, static_cast<std::size_t>(got));
    }
    return all;
  }

  const TestCertificate certificate_;
};

TEST_F(GuardedTls, AnswersRequestsInOrder) {
  const auto server = serve();
  auto client = connect(*server);

  send(client, "POST /echo" + kHost + "Content-Length: 5\r\n\r\nhelloGET /echo" + kHost +
                   "Connection: close\r\n\r\n");

  EXPECT_THAT(receiveToEnd(client), AllOf(HasSubstr(echoOf("POST", "/echo", "hello")),
                                          EndsWith(echoOf("GET", "/echo", ""))));
}

TEST_F(GuardedTls, AnswersAfterASilence) {
  auto settings = patientSettings();
  settings.threadTimeout = std::chrono::milliseconds(0);
  const auto server = serve(settings);
  auto client = connect(*server);
  const std::string answer = "\r\n\r\n" + echoOf("GET", "/echo", "");

  send(client, "GET /echo" + kHost + "\r\n");
  EXPECT_THAT(receiveUntil(client, answer), EndsWith(answer));
  send(client, "GET /echo" + kHost + "Connection: close\r\n\r\n");

  EXPECT_THAT(receiveToEnd(client), EndsWith(answer));
}

TEST_F(GuardedTls, MovesLargeBodiesBothWays) {
  const auto server = serve();
  auto client = connect(*server);
  const std::string body(3000000, 'x');

  send(client, "POST /echo" + kHost + "Content-Length: 3000000\r\n\r\n" + body +
                   "GET /big/5000000" + kHost + "Connection: close\r\n\r\n");

  const auto answers = receiveToEnd(client);
  EXPECT_THAT(answers, HasSubstr(echoOf("POST", "/echo", body)));
  EXPECT_THAT(answers, EndsWith(std::string(5000000, 'b')));
}

TEST_F(GuardedTls, S01RefusesReadably) {
  const auto server = serve();
  auto client = connect(*server);

  send(client, "POST /echo" + kHost + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");

  EXPECT_THAT(receiveToEnd(client), StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(server->handled(), 0);
}

TEST_F(GuardedTls, P3ReadsAwayAnUnreadBody) {
  const auto server = serve();
  auto client = connect(*server);

  send(client, "POST /ignore" + kHost + "Content-Length: 4\r\n\r\nbodyGET /echo" + kHost +
                   "Connection: close\r\n\r\n");

  EXPECT_THAT(receiveToEnd(client), EndsWith(echoOf("GET", "/echo", "")));
}

TEST_F(GuardedTls, X61GivesTheHandshakeADeadline) {
  const auto server = serve(quickSettings());
  RawClient client(server->port());

  client.send("\x16\x03\x01");

  EXPECT_TRUE(client.isEnded());
}

TEST_F(GuardedTls, EndsWhatIsNoHandshake) {
  const auto server = serve();
  RawClient client(server->port());

  client.send("GET /echo" + kHost + "\r\n");
  client.receiveToEnd();

  EXPECT_EQ(server->handled(), 0);
}

TEST_F(GuardedTls, P25FreesTheThreadOfAClientThatReadsNothing) {
  const auto server = serve(quickSettings());
  auto client = connect(*server);

  send(client, "GET /big/100000000" + kHost + "\r\n");

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (server->failedSends() == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(server->failedSends(), 1);
}

TEST_F(GuardedTls, P23EndsConnectionsBeyondTheLimit) {
  auto settings = patientSettings();
  settings.maxConnections = 1;
  const auto server = serve(settings);
  auto first = connect(*server);
  send(first, "POST /echo" + kHost + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  char byte = 0;
  // Of the 100: the request waits for its body. A silent connection would give way.
  ASSERT_EQ(first.receiveBytes(&byte, 1), 1);

  RawClient second(server->port());

  EXPECT_TRUE(second.isEnded());
}

}  // namespace
}  // namespace mediadock::http::guard
