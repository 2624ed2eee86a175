#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <poll.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace mediadock::http::guard {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

const std::string kGet = "GET /echo" + kHost + "\r\n";
const std::string kEcho = echoOf("GET", "/echo", "");

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(10);
  while (steady_clock::now() < deadline) {
    if (condition()) {
      return true;
    }
    std::this_thread::sleep_for(milliseconds(5));
  }
  return false;
}

/// Sends a byte every `pause` until the server answers or ends. Returns how long that took.
milliseconds drip(RawClient& client, milliseconds pause) {
  const auto start = steady_clock::now();
  pollfd wait{.fd = client.descriptor(), .events = POLLIN, .revents = 0};
  while (::poll(&wait, 1, static_cast<int>(pause.count())) == 0 &&
         steady_clock::now() - start < std::chrono::seconds(10)) {
    client.send("x");
  }
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

TEST(GuardedTimes, P26X61GiveAHeadOneDeadlineHoweverItDrips) {
  const auto server = EchoServer::guarded(quickSettings());
  RawClient client(server->port());
  client.send("GET /");

  const auto took = drip(client, milliseconds(20));

  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(took, milliseconds(3000));
  EXPECT_EQ(server->handled(), 0);
}

TEST(GuardedTimes, X61GiveABodyAMinimumRate) {
  const auto server = EchoServer::guarded(quickSettings());
  RawClient client(server->port());
  client.send("POST /echo" + kHost + "Content-Length: 100000\r\n\r\n");

  const auto took = drip(client, milliseconds(20));

  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(took, milliseconds(3000));
}

TEST(GuardedTimes, X61AnswerOthersMeanwhile) {
  const auto server = EchoServer::guarded(quickSettings());
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 40; ++i) {
    slow.push_back(std::make_unique<RawClient>(server->port()));
    slow.back()->send("GET /slow");
  }

  RawClient client(server->port());
  client.send(kGet);

  // Eight threads give up on eight slow heads at a time, each after 300 ms.
  EXPECT_EQ(client.receive().body, kEcho);
}

TEST(GuardedTimes, EndASilentConnectionWithoutAWord) {
  auto settings = quickSettings();
  settings.idleTimeout = milliseconds(100);
  const auto server = EchoServer::guarded(settings);
  RawClient silent(server->port());
  RawClient idle(server->port());
  idle.send(kGet);
  idle.receive();

  EXPECT_TRUE(silent.isEnded());
  EXPECT_TRUE(idle.isEnded());
}

/// By copying, and straight from a file.
class GuardedSending : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(All, GuardedSending, testing::Values("/big/", "/file/"));

TEST_P(GuardedSending, P25FreesTheThreadOfAClientThatReadsNothing) {
  const auto server = EchoServer::guarded(quickSettings());
  RawClient client(server->port());

  client.send(std::string("GET ") + GetParam() + "100000000" + kHost + "\r\n");

  EXPECT_TRUE(eventually([&] { return server->failedSends() == 1; }));
}

TEST_P(GuardedSending, AllowsAClientToReadInBursts) {
  const auto server = EchoServer::guarded(quickSettings());
  RawClient client(server->port());
  const int small = 65536;
  ::setsockopt(client.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  client.send(std::string("GET ") + GetParam() + "20000000" + kHost + "\r\n");

  std::string block(100000, '\0');
  std::size_t got = 0;
  while (got < 20000000) {
    const auto now = ::recv(client.descriptor(), block.data(), block.size(), MSG_WAITALL);
    if (now <= 0) {
      break;
    }
    got += static_cast<std::size_t>(now);
    std::this_thread::sleep_for(milliseconds(2));
  }

  EXPECT_GE(got, 20000000U);
  EXPECT_EQ(server->failedSends(), 0);
}

TEST(GuardedEnd, LetsARefusedUploaderReadItsAnswer) {
  const auto server = EchoServer::guarded();
  RawClient client(server->port());

  client.send("POST /echo" + kHost + "Content-Length: 1, 1\r\n\r\n");
  const auto sent = client.send(std::string(20000000, 'x'));

  EXPECT_EQ(sent, 20000000U);
  EXPECT_EQ(client.receive().status, 400);
}

TEST(GuardedEnd, U19LetsAnUploaderReadTheAnswerOfAHandlerThatReadNothing) {
  const auto server = EchoServer::guarded();
  RawClient client(server->port());

  client.send("POST /ignore" + kHost + "Content-Length: 20000000\r\n\r\n");
  const auto sent = client.send(std::string(20000000, 'x'));

  EXPECT_EQ(sent, 20000000U);
  EXPECT_EQ(client.receive().body, "ignored");
}

TEST(GuardedEnd, LingersOnlySoMuch) {
  auto settings = patientSettings();
  settings.lingerBytes = 1000000;
  const auto server = EchoServer::guarded(settings);
  RawClient client(server->port());
  client.send("POST /echo" + kHost + "Content-Length: 1, 1\r\n\r\n");

  EXPECT_LT(client.send(std::string(200000000, 'x')), 200000000U);
}

TEST(GuardedEnd, M23M24CloseBehindAnAnswerInPlaceOfContinue) {
  const auto server = EchoServer::guarded();
  RawClient client(server->port());
  client.send("POST /denied" + kHost + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");

  EXPECT_EQ(client.receive().status, 413);
  client.send(kGet);
  EXPECT_TRUE(client.isEnded());
  EXPECT_EQ(server->handled(), 1);
}

TEST(GuardedEnd, KeepsTheConnectionBehindABodyThatWasAskedFor) {
  const auto server = EchoServer::guarded();
  RawClient client(server->port());
  client.send("POST /ignore" + kHost + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  ASSERT_EQ(client.receive().status, 100);
  client.send("body" + kGet);

  EXPECT_EQ(client.receive().body, "ignored");
  EXPECT_EQ(client.receive().body, kEcho);
}

TEST(GuardedLimits, P23X64Answer503WhereFull) {
  auto settings = patientSettings();
  settings.maxConnections = 2;
  const auto server = EchoServer::guarded(settings);
  const std::string unfinished = "POST /echo" + kHost + "Content-Length: 3\r\n\r\nab";
  auto first = std::make_unique<RawClient>(server->port());
  RawClient second(server->port());
  first->send(unfinished);
  second.send(unfinished);
  ASSERT_TRUE(eventually([&] { return server->handled() == 2; }));

  RawClient third(server->port());
  third.send(kGet);
  const auto answer = third.receive();

  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.head, HasSubstr("Retry-After: 1"));
  EXPECT_FALSE(third.receiveToEnd().wasReset);
  first.reset();
  EXPECT_TRUE(eventually([&] {
    RawClient again(server->port());
    again.send(kGet);
    return again.receive().status == 200;
  }));
}

/// Takes all descriptors of the process but a few.
class FewDescriptors {
 public:
  explicit FewDescriptors(std::size_t left) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit few{.rlim_cur = 256, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (int taken = ::dup(0); taken >= 0; taken = ::dup(0)) {
      taken_.push_back(taken);
    }
    for (; left > 0; --left) {
      ::close(taken_.back());
      taken_.pop_back();
    }
  }

  ~FewDescriptors() {
    for (const int descriptor : taken_) {
      ::close(descriptor);
    }
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }

  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(GuardedLimits, P27X65AnswerWithTheLastDescriptor) {
  const auto server = EchoServer::guarded();
  {
    // Two pairs, and a client whose other end finds none left.
    const FewDescriptors few(5);
    RawClient first(server->port());
    first.send(kGet);
    EXPECT_EQ(first.receive().status, 200);
    RawClient second(server->port());
    second.send(kGet);
    EXPECT_EQ(second.receive().status, 200);

    RawClient third(server->port());
    EXPECT_EQ(third.receive().status, 503);
  }

  EXPECT_TRUE(eventually([&] {
    RawClient client(server->port());
    client.send(kGet);
    return client.receive().body == kEcho;
  }));
}

}  // namespace
}  // namespace mediadock::http::guard
