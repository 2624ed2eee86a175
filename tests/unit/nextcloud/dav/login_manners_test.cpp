// Logins that fail for other reasons than a wrong password: what the plugin says, and how often it
// asks.

#include "support/lighttpd_dav.h"
#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

using namespace scripted;
using testing::HasSubstr;
using testing::Not;

class LoginManners : public ScriptedWorld {
 protected:
  LoginManners() { provider = open(server.url()); }

  StorageFailure failureOfStat(int number) {
    try {
      provider->stat(StoragePath::parse("f" + std::to_string(number)), {});
    } catch (const StorageError& error) {
      return error.failure();
    }
    return {.message = "nothing thrown"};
  }

  /// The failure of `calls` calls, one after another.
  StorageFailure failureOfMany(int calls) {
    StorageFailure last;
    for (int i = 0; i < calls; ++i) {
      last = failureOfStat(i);
    }
    return last;
  }

  void lockOut() {
    const Settings wrong(
        {{"url", server.url() + "/remote.php/dav/files/console"}, {"app_password", "wrong"}});
    for (int i = 0; i < 11; ++i) {
      EXPECT_ANY_THROW(makeNextcloudProvider({wrong, log})->stat({}, {}));
    }
    server.clearRequests();
  }
};

TEST_F(LoginManners, RestsWhereItIsLockedOutAtItsStart) {
  lockOut();

  const auto failure = failureOfMany(10);

  EXPECT_EQ(failure.code, StorageErrc::RateLimited);
  EXPECT_GT(failure.retryAfter, std::chrono::seconds(50));
  EXPECT_THAT(failure.message, HasSubstr("wrong logins"));
  EXPECT_THAT(failure.message, HasSubstr("Reached maximum delay"));
  EXPECT_LE(server.requests().size(), 3U);
}

TEST_F(LoginManners, RestsWhereItIsLockedOutLater) {
  provider->check({});
  lockOut();

  const auto failure = failureOfMany(10);

  EXPECT_EQ(failure.code, StorageErrc::RateLimited);
  EXPECT_GT(failure.retryAfter, std::chrono::seconds(50));
  EXPECT_LE(server.requests().size(), 3U);
}

class LockedOutWords : public LoginManners, public testing::WithParamInterface<const char*> {};

TEST_P(LockedOutWords, AreUnderstoodBeforeTheFirstLogin) {
  Answer answer;
  answer.status = 429;
  answer.headers = {{"Content-Type", "text/html"}};
  answer.body = GetParam();
  server.misbehave({.pathPart = "/ocs/", .action = AnswerWith{answer}});

  const auto failure = failureOfMany(10);

  EXPECT_EQ(failure.code, StorageErrc::RateLimited);
  EXPECT_GT(failure.retryAfter, std::chrono::seconds(50));
  EXPECT_LE(server.requests().size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(
    Of, LockedOutWords,
    testing::Values("", "<html>Too many requests</html>", "{}", "{\"message\":\"x\"}",
                    R"({"ocs":{"meta":{"statuscode":429,"message":"Reached maximum delay"}}})",
                    R"({"ocs":{"meta":{}}})", R"({"ocs":3})"));

TEST_F(LoginManners, TakesAServersTimeWhereItGivesOne) {
  server.misbehave({.pathPart = "/ocs/", .action = answerPage(429, {{"Retry-After", "20"}})});

  const auto failure = failureOfMany(10);

  EXPECT_EQ(failure.code, StorageErrc::RateLimited);
  EXPECT_LE(failure.retryAfter, std::chrono::seconds(20));
  EXPECT_LE(server.requests().size(), 3U);
}

TEST_F(LoginManners, NamesADisabledAccountAndRests) {
  provider->check({});
  server.clearRequests();
  server.misbehave({.pathPart = "/dav/",
                    .action = answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                                             "OC\\User\\DisabledUserException: Account disabled")});

  const auto failure = failureOfMany(20);

  EXPECT_EQ(failure.code, StorageErrc::Unauthenticated);
  EXPECT_THAT(failure.message, HasSubstr("disabled"));
  EXPECT_THAT(failure.message, Not(HasSubstr("overloaded")));
  EXPECT_GT(failure.retryAfter, std::chrono::seconds(50));
  EXPECT_LE(server.requests().size(), 3U);
}

TEST_F(LoginManners, TakesAnotherFaultBeforeTheLoginForNoDisabledAccount) {
  provider->check({});
  server.misbehave({.method = "PROPFIND",
                    .action = answerDavError(503, "Sabre\\DAV\\Exception\\ServiceUnavailable",
                                             "Doctrine\\DBAL\\Exception: locked"),
                    .times = 1});

  EXPECT_FALSE(provider->stat(StoragePath::parse("f"), {}));
}

TEST(DigestOnly, IsNamedByARealServer) {
  const LighttpdDav server(LighttpdDav::Login::Digest);
  SilentLog log;
  const Settings settings({{"url", server.url()},
                           {"username", server.username()},
                           {"app_password", server.password()}});
  const auto provider = makeNextcloudProvider({settings, log});

  try {
    provider->check({});
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Unauthenticated);
    EXPECT_THAT(error.what(), HasSubstr("'Digest'"));
    EXPECT_THAT(error.what(), HasSubstr("Basic"));
    EXPECT_THAT(error.what(), Not(HasSubstr("app password right")));
  }
}

}  // namespace
}  // namespace mediadock::nextcloud
