// How the plugin behaves towards a server in trouble, told by the requests that the server counts.

#include "dav/dav_client.h"
#include "dav/propfind.h"
#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "nextcloud_settings.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace mediadock::nextcloud {
namespace {

using namespace scripted;
using std::chrono::milliseconds;
using std::chrono::seconds;

class MannersTest : public testing::Test {
 protected:
  void connect(const std::string& password, const std::string& maxConnections = "32",
               const std::string& retries = "4") {
    client_ = std::make_unique<DavClient>(
        parseNextcloudSettings(Settings({{"url", server_.url()},
                                         {"username", server_.username()},
                                         {"app_password", password},
                                         {"max_connections", maxConnections},
                                         {"retries", retries}})),
        time_.source());
  }

  std::string target(const std::string& path) const {
    return "/remote.php/dav/files/" + server_.username() + "/" + path;
  }

  /// Whether something stands there.
  bool look(const std::string& path, const CallContext& context = {}) {
    const http_client::CallLimits limits(context, {}, seconds(20));
    return propfind(
        *client_, target(path), Depth::Itself, "<d:getetag/>", [](DavItem&&) {}, limits);
  }

  int put(const std::string& path) {
    const http_client::CallLimits limits({}, {}, seconds(20));
    return client_->exchange({.method = "PUT", .target = target(path)}, "x", limits).status();
  }

  std::size_t countRequests(const std::string& pathPart = {}) const {
    std::size_t count = 0;
    for (const auto& request : server_.requests()) {
      count += request.path.find(pathPart) != std::string::npos ? 1U : 0U;
    }
    return count;
  }

  StorageFailure failureOf(const std::string& path) {
    try {
      look(path);
    } catch (const StorageError& error) {
      return error.failure();
    }
    return {.message = "nothing thrown"};
  }

  http_client::FakeTime time_;
  ScriptedNextcloud server_;
  std::unique_ptr<DavClient> client_;
};

// Trap 14, problem 22.

TEST_F(MannersTest, SendsAWrongPasswordOnceAMinute) {
  connect("wrong");

  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(failureOf("a").code, StorageErrc::Unauthenticated);
  }
  EXPECT_EQ(countRequests(), 1U);
  time_.pass(seconds(60));
  EXPECT_EQ(failureOf("a").code, StorageErrc::Unauthenticated);
  EXPECT_EQ(failureOf("a").retryAfter, seconds(60));
  EXPECT_EQ(countRequests(), 2U);
}

TEST_F(MannersTest, SendsAWrongPasswordOnceWhenManyBeginTogether) {
  connect("wrong");
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 32; ++i) {
      callers.emplace_back(
          [&] { refused += failureOf("a").code == StorageErrc::Unauthenticated ? 1 : 0; });
    }
  }
  EXPECT_EQ(refused, 32);
  EXPECT_EQ(countRequests(), 1U);
}

TEST_F(MannersTest, AsksNothingElseEitherAfterAWrongPassword) {
  const Settings settings(
      {{"url", server_.url()}, {"username", server_.username()}, {"app_password", "wrong"}});
  SilentLog log;
  const auto provider = makeNextcloudProvider({settings, log});

  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT([&] { provider->check({}); }, ThrowsStorageError(StorageErrc::Unauthenticated));
  }
  // One to find out what server this is, one with the password.
  EXPECT_EQ(countRequests(), 2U);
}

TEST_F(MannersTest, GoesOnOnceThePasswordIsTakenAgain) {
  connect(server_.password());
  server_.misbehave(
      {.action = answerDavError(401, "Sabre\\DAV\\Exception\\NotAuthenticated", ""), .times = 1});

  EXPECT_EQ(failureOf("").code, StorageErrc::Unauthenticated);
  EXPECT_EQ(failureOf("").code, StorageErrc::Unauthenticated);
  time_.pass(seconds(60));
  EXPECT_TRUE(look(""));
  EXPECT_TRUE(look(""));
}

TEST_F(MannersTest, StaysAwayFromAServerThatLockedUsOut) {
  connect(server_.password());
  server_.misbehave({.action = answerDavError(
                         429, "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests", "")});

  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(failureOf("a").code, StorageErrc::RateLimited);
  }
  EXPECT_EQ(countRequests(), 1U);
  time_.pass(seconds(60));
  EXPECT_EQ(failureOf("a").code, StorageErrc::RateLimited);
  time_.pass(seconds(60));
  EXPECT_EQ(failureOf("a").code, StorageErrc::RateLimited);
  EXPECT_EQ(countRequests(), 2U);
}

// Problem 41, T04.

TEST_F(MannersTest, NeverRunsMoreRequestsThanAllowed) {
  connect(server_.password(), "3");
  look("");
  server_.misbehave({.action = Delay{milliseconds(5)}});
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 16; ++i) {
      callers.emplace_back([&] {
        for (int round = 0; round < 5; ++round) {
          look("a");
        }
      });
    }
  }
  EXPECT_EQ(server_.maxConcurrentRequests(), 3U);
}

TEST_F(MannersTest, RunsFewerRequestsOnceTheServerHasEnough) {
  connect(server_.password(), "8", "0");
  look("");
  const auto all = client_->allowedRequests();
  server_.misbehave({.pathPart = "busy", .action = answerPage(503)});

  EXPECT_EQ(failureOf("busy").code, StorageErrc::Unavailable);

  EXPECT_EQ(all, 8U);
  EXPECT_EQ(client_->allowedRequests(), 1U);
  time_.pass(http_client::ConcurrencyLimiter::kStep * 20);
  EXPECT_EQ(client_->allowedRequests(), 8U);
}

// E02.

TEST_F(MannersTest, ObeysRetryAfterInAllCalls) {
  for (const int status : {429, 503}) {
    server_.behave();
    server_.clearRequests();
    connect(server_.password());
    server_.misbehave({.pathPart = "busy", .action = answerPage(status, {{"Retry-After", "120"}})});

    EXPECT_EQ(failureOf("busy").retryAfter, seconds(120));
    time_.pass(seconds(20));
    const auto other = failureOf("other");
    EXPECT_EQ(other.retryAfter, seconds(100));
    EXPECT_EQ(other.retry, Retry::AfterDelay);
    EXPECT_EQ(countRequests("busy"), 1U);
    EXPECT_EQ(countRequests("other"), 0U);
    time_.pass(seconds(100));
    EXPECT_FALSE(look("other"));
  }
}

TEST_F(MannersTest, ReadsRetryAfterAsADate) {
  connect(server_.password());
  server_.misbehave(
      {.action = answerPage(503, {{"Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT"}})});

  EXPECT_EQ(failureOf("a").retryAfter, seconds(86400));
}

// T05.

TEST_F(MannersTest, RepeatsAReadUpToTheLimit) {
  connect(server_.password(), "32", "3");
  for (const auto& condition :
       std::vector<Action>{answerPage(502), answerPage(503), answerPage(504), answerLocked()}) {
    server_.behave();
    server_.misbehave({.method = "PROPFIND", .pathPart = "file", .action = condition, .times = 3});
    server_.clearRequests();
    EXPECT_FALSE(look("file"));
    EXPECT_EQ(countRequests("file"), 4U);

    server_.behave();
    server_.misbehave({.method = "PROPFIND", .pathPart = "file", .action = condition});
    server_.clearRequests();
    EXPECT_NE(failureOf("file").code, StorageErrc::Internal);
    EXPECT_EQ(countRequests("file"), 4U);
    // One good answer, lest the next trouble finds the server spared.
    server_.behave();
    EXPECT_TRUE(look(""));
  }
}

TEST_F(MannersTest, RepeatsAReadWhoseConnectionBroke) {
  connect(server_.password(), "32", "3");
  server_.misbehave({.method = "PROPFIND", .action = CloseBeforeAnswer{}, .times = 3});

  EXPECT_TRUE(look(""));
  EXPECT_EQ(countRequests(), 4U);
}

TEST_F(MannersTest, RepeatsNoReadThatWasRefusedForGood) {
  connect(server_.password());
  for (const int status : {400, 403, 404, 405, 409, 412, 413, 415, 422, 500, 501, 507}) {
    server_.behave();
    server_.misbehave({.action = answerPage(status), .times = 1});
    server_.clearRequests();
    failureOf("file");
    EXPECT_EQ(countRequests("file"), 1U) << status;
  }
}

TEST_F(MannersTest, RepeatsNoChange) {
  connect(server_.password());
  look("");
  for (const int status : {429, 502, 503, 504}) {
    server_.behave();
    server_.misbehave({.method = "PUT", .action = answerPage(status)});
    server_.clearRequests();
    EXPECT_EQ(put("file"), status);
    EXPECT_EQ(countRequests("file"), 1U);
  }
}

TEST_F(MannersTest, SleepsForNoRepeatPastTheDeadline) {
  http_client::FakeTime slow(0.99);
  DavClient client(parseNextcloudSettings(Settings({{"url", server_.url()},
                                                    {"username", server_.username()},
                                                    {"app_password", server_.password()},
                                                    {"retries", "100"}})),
                   slow.source());
  server_.misbehave({.pathPart = "file", .action = answerPage(502)});
  const auto start = http_client::CallLimits::Clock::now();
  const http_client::CallLimits limits({.deadline = start + milliseconds(500)}, {}, seconds(20));

  const auto status = client
                          .exchange({.method = "PROPFIND",
                                     .target = target("file"),
                                     .isSafe = true,
                                     .isRepeatable = true},
                                    "", limits)
                          .status();

  // The cause, not a timeout; the second pause would have gone past the end.
  EXPECT_EQ(status, 502);
  EXPECT_EQ(countRequests("file"), 2U);
  EXPECT_LT(http_client::CallLimits::Clock::now() - start, milliseconds(500));
}

// Trap 13, problems 6 and 7, E03.

TEST_F(MannersTest, AsksOnceAndNoMoreInMaintenance) {
  connect(server_.password());
  server_.setMaintenance(true);

  for (int i = 0; i < 20; ++i) {
    const auto failure = failureOf("a");
    EXPECT_EQ(failure.code, StorageErrc::Unavailable);
    EXPECT_NE(failure.message.find("in maintenance"), std::string::npos) << failure.message;
  }
  EXPECT_EQ(countRequests("dav"), 1U);
  EXPECT_EQ(countRequests("status.php"), 1U);
  server_.setMaintenance(false);
  time_.pass(http_client::CircuitBreaker::kMaintenanceCooldown);
  EXPECT_FALSE(look("a"));
}

TEST_F(MannersTest, KnowsMaintenanceByTheStatusPageAlone) {
  connect(server_.password());
  server_.setMaintenance(true);
  server_.misbehave({.method = "PROPFIND", .action = answerPage(503)});

  EXPECT_NE(failureOf("a").message.find("in maintenance"), std::string::npos);
  EXPECT_EQ(countRequests("dav"), 1U);
}

TEST_F(MannersTest, AsksNothingOfOneDeadStorageAndAllOfTheRest) {
  connect(server_.password());
  server_.misbehave({.pathPart = "/ext",
                     .action = answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                                              "Storage is temporarily not available")});

  for (int i = 0; i < 20; ++i) {
    const auto failure = failureOf("ext/" + std::to_string(i));
    EXPECT_EQ(failure.code, StorageErrc::Unavailable);
    EXPECT_NE(failure.message.find("one storage behind"), std::string::npos) << failure.message;
    EXPECT_FALSE(look("other/" + std::to_string(i)));
  }
  EXPECT_EQ(countRequests("/ext"), 3U);
  EXPECT_EQ(countRequests("/other"), 20U);
  EXPECT_GE(countRequests("status.php"), 1U);
  EXPECT_EQ(client_->allowedRequests(), 32U);
}

TEST_F(MannersTest, TakesABusyDatabaseForNoOutage) {
  connect(server_.password(), "32", "0");
  server_.misbehave({.pathPart = "busy",
                     .action = answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                                              "SQLSTATE[HY000]: database is locked"),
                     .times = 8});

  for (int i = 0; i < 8; ++i) {
    EXPECT_NE(failureOf("busy").message.find("overloaded"), std::string::npos);
  }
  EXPECT_FALSE(look("busy"));
}

TEST_F(MannersTest, SparesAServerThatDoesNotAnswer) {
  connect(server_.password(), "32", "0");
  server_.misbehave({.action = CloseBeforeAnswer{}});

  for (int i = 0; i < 20; ++i) {
    failureOf("a");
  }
  EXPECT_EQ(countRequests(), http_client::CircuitBreaker::kServerFailureLimit);
  server_.behave();
  time_.pass(http_client::CircuitBreaker::kFirstCooldown);
  EXPECT_FALSE(look("a"));
  EXPECT_FALSE(look("a"));
}

}  // namespace
}  // namespace mediadock::nextcloud
