/// \file
/// Silent connections hold no thread, and are there when their clients go on.

#include "http/connection/client_connection.h"
#include "http/connection/plain_transport.h"
#include "http/connection/poll_wait.h"
#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <source_location>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::http::guard {
namespace {

using std::chrono::milliseconds;

const std::string kRequest = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kAnswer = echoOf("GET", "/echo", "");

/// More than the server has threads for.
constexpr int kMany = 40;

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients connect(const EchoServer& server, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
  }
  return clients;
}

void expectEcho(RawClient& client, std::source_location caller = std::source_location::current()) {
  const testing::ScopedTrace trace(caller.file_name(), static_cast<int>(caller.line()), "asks");
  client.send(kRequest);
  EXPECT_EQ(client.receive().body, kAnswer);
}

GuardSettings roomFor(std::size_t connections) {
  auto settings = patientSettings();
  settings.maxConnections = connections;
  return settings;
}

TEST(ParkedConnections, X63AreMoreThanThereAreThreads) {
  const auto server = EchoServer::guarded();
  const auto clients = connect(*server, kMany);

  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients) {
      expectEcho(*client);
    }
  }

  EXPECT_EQ(server->handled(), 3 * kMany);
}

TEST(ParkedConnections, X63NeedNotHaveAskedForAnything) {
  const auto server = EchoServer::guarded();
  const auto silent = connect(*server, kMany);

  expectEcho(*std::make_unique<RawClient>(server->port()));

  for (const auto& client : silent) {
    expectEcho(*client);
  }
}

TEST(ParkedConnections, AnswerAClientThatEndsItsSendingWithARequest) {
  auto settings = patientSettings();
  settings.threadTimeout = milliseconds(0);
  const auto server = EchoServer::guarded(settings);
  RawClient client(server->port());
  expectEcho(client);

  client.send(kRequest);
  client.endSending();

  EXPECT_EQ(client.receive().body, kAnswer);
  EXPECT_TRUE(client.isEnded());
}

/// One connection that is parked by hand, for long.
class OneParked : public testing::Test {
 protected:
  void SetUp() override {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    client_ = ends[1];
    state_->parked.park(
        std::make_unique<ClientConnection>(ends[0], Poco::Net::SocketAddress(),
                                           std::make_unique<PlainTransport>(ends[0]), state_),
        ParkedConnections::Clock::now() + std::chrono::hours(1));
    ASSERT_EQ(state_->connections.count(), 1U);
  }

  /// A connection keeps the state alive that holds it.
  void TearDown() override {
    while (state_->parked.closeOne()) {
    }
    closeClient();
  }

  void closeClient() { ::close(std::exchange(client_, -1)); }

  int client_ = -1;
  const std::shared_ptr<GuardState> state_ = std::make_shared<GuardState>(patientSettings());
};

TEST_F(OneParked, EndsWithItsClient) {
  closeClient();

  EXPECT_TRUE(awaitReady(state_->parked.descriptor(), POLLIN, std::chrono::seconds(5)));
  EXPECT_TRUE(state_->parked.takeReady().empty());
  EXPECT_EQ(state_->connections.count(), 0U);
}

TEST_F(OneParked, GivesWayBeforeOneThatHasJustComeAndHasLessTime) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  state_->parked.park(
      std::make_unique<ClientConnection>(ends[0], Poco::Net::SocketAddress(),
                                         std::make_unique<PlainTransport>(ends[0]), state_),
      ParkedConnections::Clock::now() + std::chrono::minutes(1));

  ASSERT_TRUE(state_->parked.closeOne());

  char byte = 0;
  EXPECT_EQ(::recv(client_, &byte, 1, MSG_DONTWAIT), 0) << "its end has come";
  EXPECT_EQ(::recv(ends[1], &byte, 1, MSG_DONTWAIT), -1) << "it is open";
  ::close(ends[1]);
}

TEST_F(OneParked, IsNotHeardOfAfterItGaveWay) {
  ASSERT_EQ(::write(client_, "x", 1), 1);

  ASSERT_TRUE(state_->parked.closeOne());

  ASSERT_EQ(state_->lingering.size(), 1U);
  EXPECT_FALSE(awaitReady(state_->parked.descriptor(), POLLIN, std::chrono::seconds(0)));
}

TEST(ParkedConnections, X63GiveWayToNewOnesWhereThereIsNoRoom) {
  auto settings = roomFor(4);
  settings.threadTimeout = milliseconds(0);
  const auto server = EchoServer::guarded(settings);
  const auto silent = connect(*server, 4);
  for (const auto& client : silent) {
    expectEcho(*client);
  }

  RawClient later(server->port());
  expectEcho(later);

  // Which one gives way depends on which thread parked its connection first.
  const auto served = std::count_if(silent.begin(), silent.end(), [](const auto& client) {
    client->send(kRequest);
    return client->receive().body == kAnswer;
  });
  EXPECT_EQ(served, 3);
}

TEST(ParkedConnections, X63AreParkedAtOnceWhereRoomIsShort) {
  auto settings = roomFor(4);
  settings.threadTimeout = std::chrono::minutes(10);
  const auto server = EchoServer::guarded(settings);
  const auto silent = connect(*server, 4);
  for (int round = 0; round < 2; ++round) {
    for (const auto& client : silent) {
      expectEcho(*client);
    }
  }

  RawClient later(server->port());

  expectEcho(later);
}

TEST(ParkedConnections, EndAfterTheIdleTimeout) {
  auto settings = patientSettings();
  settings.idleTimeout = milliseconds(200);
  const auto server = EchoServer::guarded(settings);
  RawClient client(server->port());
  expectEcho(client);

  EXPECT_TRUE(client.isEnded());
}

TEST(ParkedConnections, P24EndWithTheServer) {
  auto server = EchoServer::guarded();
  const auto clients = connect(*server, kMany);
  for (const auto& client : clients) {
    expectEcho(*client);
  }

  server.reset();

  for (const auto& client : clients) {
    EXPECT_TRUE(client->isEnded());
  }
}

}  // namespace
}  // namespace mediadock::http::guard
