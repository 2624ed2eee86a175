#include "http/resilience/circuit_breaker.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

namespace mediadock::http_client {
namespace {

using std::chrono::seconds;

const std::string kUserFiles = "/remote.php/dav/files/USER";

class CircuitBreakerTest : public testing::Test {
 protected:
  void answer(const std::string& target, ServerCondition condition) {
    auto pass = breaker_.enter(target, limits_);
    breaker_.learn(
        pass, condition,
        {.code = StorageErrc::Unavailable, .message = "the cause", .retry = Retry::AfterDelay});
  }

  void answer(int times, const std::string& target, ServerCondition condition) {
    for (int i = 0; i < times; ++i) {
      answer(target, condition);
    }
  }

  /// A part that is down is not asked again within a call, a server that is may be.
  bool isSpared(const std::string& target, Retry expected = Retry::AfterDelay) {
    try {
      breaker_.enter(target, limits_);
      return false;
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::Unavailable);
      EXPECT_EQ(error.failure().retry, expected);
      EXPECT_NE(std::string(error.what()).find("the cause"), std::string::npos);
      return true;
    }
  }

  FakeTime time_;
  CallLimits limits_{CallContext{}, {}, seconds(60)};
  CircuitBreaker breaker_{[](const auto&) { return std::size_t{4}; }, time_.source()};
};

TEST_F(CircuitBreakerTest, SparesAServerThatFailsFiveTimesInARow) {
  answer(4, kUserFiles + "/a", ServerCondition::Gateway);
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
  answer(kUserFiles + "/a", ServerCondition::Gateway);

  EXPECT_TRUE(isSpared(kUserFiles + "/b"));
  time_.pass(CircuitBreaker::kFirstCooldown);
  answer(kUserFiles + "/b", ServerCondition::None);
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, CountsOnlyFailuresInARow) {
  for (int i = 0; i < 20; ++i) {
    answer(4, kUserFiles + "/a", ServerCondition::Gateway);
    answer(kUserFiles + "/a", ServerCondition::None);
  }
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, TakesBusyAndRefusingForHealthy) {
  for (const auto condition :
       {ServerCondition::Overload, ServerCondition::Throttled, ServerCondition::LockedOut,
        ServerCondition::WrongLogin, ServerCondition::None}) {
    answer(20, kUserFiles + "/a", condition);
  }
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, SparesOneDeadStorageAndNoOther) {
  answer(kUserFiles + "/ext/a/1", ServerCondition::DeadStorage);
  answer(kUserFiles + "/ext/b/2", ServerCondition::DeadStorage);
  answer(kUserFiles + "/ext/c/3", ServerCondition::DeadStorage);

  EXPECT_TRUE(isSpared(kUserFiles + "/ext/d", Retry::Never));
  EXPECT_TRUE(isSpared(kUserFiles + "/ext/", Retry::Never));
  EXPECT_FALSE(isSpared(kUserFiles + "/extra"));
  EXPECT_FALSE(isSpared(kUserFiles + "/other/a"));
  EXPECT_FALSE(isSpared(kUserFiles));
}

TEST_F(CircuitBreakerTest, SparesTheDeepestFolderThatTheFailuresShare) {
  answer(3, kUserFiles + "/a/mount/file", ServerCondition::DeadStorage);

  EXPECT_TRUE(isSpared(kUserFiles + "/a/mount/file", Retry::Never));
  EXPECT_FALSE(isSpared(kUserFiles + "/a/mount/else"));
  EXPECT_FALSE(isSpared(kUserFiles + "/a/local"));
}

TEST_F(CircuitBreakerTest, NeverSparesTheRootForItsPlaces) {
  answer(9, kUserFiles + "/", ServerCondition::DeadStorage);
  for (int i = 0; i < 9; ++i) {
    answer(kUserFiles + "/ext" + std::to_string(i), ServerCondition::DeadStorage);
  }

  EXPECT_FALSE(isSpared(kUserFiles + "/"));
  EXPECT_FALSE(isSpared(kUserFiles + "/else"));
}

TEST_F(CircuitBreakerTest, TriesADeadStorageAgainLessAndLess) {
  answer(3, kUserFiles + "/ext", ServerCondition::DeadStorage);
  time_.pass(CircuitBreaker::kFirstCooldown);
  answer(kUserFiles + "/ext", ServerCondition::DeadStorage);
  time_.pass(CircuitBreaker::kFirstCooldown);
  EXPECT_TRUE(isSpared(kUserFiles + "/ext", Retry::Never));
  time_.pass(CircuitBreaker::kFirstCooldown);
  answer(kUserFiles + "/ext", ServerCondition::None);

  EXPECT_FALSE(isSpared(kUserFiles + "/ext"));
}

TEST_F(CircuitBreakerTest, SparesTheWholeServerInMaintenance) {
  answer(kUserFiles + "/a", ServerCondition::Maintenance);

  EXPECT_TRUE(isSpared(kUserFiles + "/b"));
  EXPECT_TRUE(isSpared("/status.php"));
  time_.pass(CircuitBreaker::kMaintenanceCooldown);
  EXPECT_FALSE(isSpared(kUserFiles + "/b"));
}

TEST_F(CircuitBreakerTest, KnowsTheRootOfAPlainTree) {
  CircuitBreaker breaker([](const auto&) { return std::size_t{1}; }, time_.source());
  for (int i = 0; i < 3; ++i) {
    auto pass = breaker.enter("/dav/x/" + std::to_string(i), limits_);
    breaker.learn(pass, ServerCondition::Fault, {});
  }

  EXPECT_THAT([&] { breaker.enter("/dav/x/9", limits_); },
              ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_NO_THROW(breaker.enter("/dav/y", limits_));
}

}  // namespace
}  // namespace mediadock::http_client
