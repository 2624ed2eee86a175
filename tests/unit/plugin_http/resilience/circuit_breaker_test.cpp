#include "http/resilience/circuit_breaker.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

using std::chrono::seconds;

const std::string kUserFiles = "/remote.php/dav/files/USER";

class CircuitBreakerTest : public testing::Test {
 protected:
  void answer(const std::string& target, Trouble trouble) {
    auto pass = breaker_.enter(target, limits_);
    breaker_.learn(
        pass, trouble,
        {.code = StorageErrc::Unavailable, .message = "the cause", .retry = Retry::AfterDelay});
  }

  void answer(int times, const std::string& target, Trouble trouble) {
    for (int i = 0; i < times; ++i) {
      answer(target, trouble);
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
  answer(4, kUserFiles + "/a", Trouble::Gateway);
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
  answer(kUserFiles + "/a", Trouble::Gateway);

  EXPECT_TRUE(isSpared(kUserFiles + "/b"));
  time_.pass(CircuitBreaker::kFirstRest);
  answer(kUserFiles + "/b", Trouble::None);
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, CountsOnlyFailuresInARow) {
  for (int i = 0; i < 20; ++i) {
    answer(4, kUserFiles + "/a", Trouble::Gateway);
    answer(kUserFiles + "/a", Trouble::None);
  }
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, TakesBusyAndRefusingForHealthy) {
  for (const auto trouble : {Trouble::Overload, Trouble::Throttled, Trouble::LockedOut,
                             Trouble::WrongLogin, Trouble::None}) {
    answer(20, kUserFiles + "/a", trouble);
  }
  EXPECT_FALSE(isSpared(kUserFiles + "/a"));
}

TEST_F(CircuitBreakerTest, SparesOneDeadStorageAndNoOther) {
  answer(kUserFiles + "/ext/a/1", Trouble::DeadStorage);
  answer(kUserFiles + "/ext/b/2", Trouble::DeadStorage);
  answer(kUserFiles + "/ext/c/3", Trouble::DeadStorage);

  EXPECT_TRUE(isSpared(kUserFiles + "/ext/d", Retry::Never));
  EXPECT_TRUE(isSpared(kUserFiles + "/ext/", Retry::Never));
  EXPECT_FALSE(isSpared(kUserFiles + "/extra"));
  EXPECT_FALSE(isSpared(kUserFiles + "/other/a"));
  EXPECT_FALSE(isSpared(kUserFiles));
}

TEST_F(CircuitBreakerTest, SparesTheDeepestFolderThatTheFailuresShare) {
  answer(3, kUserFiles + "/a/mount/file", Trouble::DeadStorage);

  EXPECT_TRUE(isSpared(kUserFiles + "/a/mount/file", Retry::Never));
  EXPECT_FALSE(isSpared(kUserFiles + "/a/mount/else"));
  EXPECT_FALSE(isSpared(kUserFiles + "/a/local"));
}

TEST_F(CircuitBreakerTest, NeverSparesTheRootForItsPlaces) {
  answer(9, kUserFiles + "/", Trouble::DeadStorage);
  for (int i = 0; i < 9; ++i) {
    answer(kUserFiles + "/ext" + std::to_string(i), Trouble::DeadStorage);
  }

  EXPECT_FALSE(isSpared(kUserFiles + "/"));
  EXPECT_FALSE(isSpared(kUserFiles + "/else"));
}

TEST_F(CircuitBreakerTest, TriesADeadStorageAgainLessAndLess) {
  answer(3, kUserFiles + "/ext", Trouble::DeadStorage);
  time_.pass(CircuitBreaker::kFirstRest);
  answer(kUserFiles + "/ext", Trouble::DeadStorage);
  time_.pass(CircuitBreaker::kFirstRest);
  EXPECT_TRUE(isSpared(kUserFiles + "/ext", Retry::Never));
  time_.pass(CircuitBreaker::kFirstRest);
  answer(kUserFiles + "/ext", Trouble::None);

  EXPECT_FALSE(isSpared(kUserFiles + "/ext"));
}

TEST_F(CircuitBreakerTest, SparesTheWholeServerInMaintenance) {
  answer(kUserFiles + "/a", Trouble::Maintenance);

  EXPECT_TRUE(isSpared(kUserFiles + "/b"));
  EXPECT_TRUE(isSpared("/status.php"));
  time_.pass(CircuitBreaker::kMaintenanceRest);
  EXPECT_FALSE(isSpared(kUserFiles + "/b"));
}

TEST_F(CircuitBreakerTest, KnowsTheRootOfAPlainTree) {
  CircuitBreaker breaker([](const auto&) { return std::size_t{1}; }, time_.source());
  for (int i = 0; i < 3; ++i) {
    auto pass = breaker.enter("/dav/x/" + std::to_string(i), limits_);
    breaker.learn(pass, Trouble::Fault, {});
  }

  EXPECT_THAT([&] { breaker.enter("/dav/x/9", limits_); },
              ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_NO_THROW(breaker.enter("/dav/y", limits_));
}

}  // namespace
}  // namespace mediadock
