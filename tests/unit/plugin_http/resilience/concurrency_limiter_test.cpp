#include "http/resilience/concurrency_limiter.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace mediadock::http_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ConcurrencyLimiterTest : public testing::Test {
 protected:
  FakeTime time_;
  CallLimits limits_{CallContext{}, {}, seconds(60)};
};

TEST_F(ConcurrencyLimiterTest, NeverLetsMoreRunThanTheCeiling) {
  ConcurrencyLimiter limit(3);
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 12; ++i) {
      callers.emplace_back([&] {
        const CallLimits own({}, {}, seconds(60));
        for (int round = 0; round < 200; ++round) {
          const auto permit = limit.enter(own);
          const int now = ++running;
          int seen = most;
          while (now > seen && !most.compare_exchange_weak(seen, now)) {
          }
          --running;
        }
      });
    }
  }
  EXPECT_LE(most, 3);
  EXPECT_GE(most, 1);
}

TEST_F(ConcurrencyLimiterTest, HalvesWhatWasRunning) {
  ConcurrencyLimiter limit(32, time_.source());
  std::vector<ConcurrencyPermit> running;
  for (int i = 0; i < 8; ++i) {
    running.push_back(limit.enter(limits_));
  }
  const auto since = running.back().since();
  running.pop_back();
  time_.pass(milliseconds(10));

  limit.decrease(since);

  EXPECT_EQ(limit.allowed(), 4U);
}

TEST_F(ConcurrencyLimiterTest, CountsABurstOfRefusalsOnce) {
  ConcurrencyLimiter limit(32, time_.source());
  std::vector<ConcurrencyPermit> running;
  for (int i = 0; i < 8; ++i) {
    running.push_back(limit.enter(limits_));
  }
  time_.pass(milliseconds(10));
  for (int i = 0; i < 8; ++i) {
    const auto since = running.back().since();
    running.pop_back();
    limit.decrease(since);
  }

  EXPECT_EQ(limit.allowed(), 4U);
}

TEST_F(ConcurrencyLimiterTest, NeverFallsBelowOne) {
  ConcurrencyLimiter limit(4, time_.source());
  for (int i = 0; i < 5; ++i) {
    time_.pass(milliseconds(10));
    limit.decrease(limit.enter(limits_).since());
  }

  EXPECT_EQ(limit.allowed(), 1U);
}

TEST_F(ConcurrencyLimiterTest, GrowsByOneWithEachStepUpToTheCeiling) {
  ConcurrencyLimiter limit(3, time_.source());
  time_.pass(milliseconds(10));
  limit.decrease(limit.enter(limits_).since());
  ASSERT_EQ(limit.allowed(), 1U);

  time_.pass(ConcurrencyLimiter::kStep);
  EXPECT_EQ(limit.allowed(), 2U);
  time_.pass(ConcurrencyLimiter::kStep * 10);
  EXPECT_EQ(limit.allowed(), 3U);
}

TEST_F(ConcurrencyLimiterTest, EndsAWaitWithTheDeadline) {
  ConcurrencyLimiter limit(1);
  const auto permit = limit.enter(limits_);
  const auto start = CallLimits::Clock::now();
  const CallLimits few({.deadline = start + milliseconds(50)}, {}, seconds(60));

  EXPECT_THAT([&] { limit.enter(few); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_LT(CallLimits::Clock::now() - start, milliseconds(1050));
}

TEST_F(ConcurrencyLimiterTest, EndsAWaitWhenCancelled) {
  ConcurrencyLimiter limit(1);
  const auto permit = limit.enter(limits_);
  std::stop_source cancel;
  const CallLimits own({.cancellation = cancel.get_token()}, {}, seconds(60));
  const std::jthread canceller([&] { cancel.request_stop(); });

  EXPECT_THAT([&] { limit.enter(own); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::http_client
