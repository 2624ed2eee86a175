#include "http/resilience/breaker_state.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace mediadock::http_client {
namespace {

using std::chrono::seconds;

const StorageFailure kDown{.code = StorageErrc::Unavailable, .message = "down"};

class TrialGateTest : public testing::Test {
 protected:
  std::shared_ptr<BreakerState> make(BreakerState::Start start) {
    return std::make_shared<BreakerState>(start, time_.source());
  }

  FakeTime time_;
  CallLimits limits_{CallContext{}, {}, seconds(60)};
};

TEST_F(TrialGateTest, RefusesWhileItIsShutAndSaysForHowLong) {
  const auto gate = make(BreakerState::Start::Closed);
  gate->enter(limits_).fail(kDown, seconds(10), seconds(60));
  time_.pass(seconds(4));

  try {
    gate->enter(limits_);
    FAIL() << "the gate is open";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Unavailable);
    EXPECT_EQ(error.failure().retryAfter, seconds(6));
  }
}

TEST_F(TrialGateTest, LetsOneTryOnceTheTimeIsOver) {
  const auto gate = make(BreakerState::Start::Closed);
  gate->enter(limits_).fail(kDown, seconds(10), seconds(60));
  time_.pass(seconds(10));

  auto trial = gate->enter(limits_);
  EXPECT_THAT([&] { gate->enter(limits_); }, ThrowsStorageError(StorageErrc::Unavailable));
  trial.succeed();
  EXPECT_NO_THROW(gate->enter(limits_));
  EXPECT_NO_THROW(gate->enter(limits_));
}

TEST_F(TrialGateTest, StaysShutTwiceAsLongAfterEachFailedTrial) {
  const auto gate = make(BreakerState::Start::Closed);
  gate->enter(limits_).fail(kDown, seconds(10), seconds(25));
  for (const int wait : {10, 20, 25, 25}) {
    time_.pass(seconds(wait) - std::chrono::milliseconds(1));
    EXPECT_THAT([&] { gate->enter(limits_); }, ThrowsStorageError(StorageErrc::Unavailable));
    time_.pass(std::chrono::milliseconds(1));
    gate->enter(limits_).fail(kDown, seconds(10), seconds(25));
  }
}

TEST_F(TrialGateTest, GivesTheTrialToTheNextWhereOneProvedNothing) {
  const auto gate = make(BreakerState::Start::Closed);
  gate->enter(limits_).fail(kDown, seconds(10), seconds(60));
  time_.pass(seconds(10));
  { const auto abandoned = gate->enter(limits_); }

  gate->enter(limits_).succeed();
  EXPECT_NO_THROW(gate->enter(limits_));
}

TEST_F(TrialGateTest, BelievesNoSuccessFromBeforeItWasShut) {
  const auto gate = make(BreakerState::Start::Closed);
  auto early = gate->enter(limits_);
  gate->enter(limits_).fail(kDown, seconds(10), seconds(60));

  early.succeed();

  EXPECT_THAT([&] { gate->enter(limits_); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(TrialGateTest, MakesAllWaitForTheFirstOfAll) {
  const auto gate = make(BreakerState::Start::HalfOpen);
  auto first = std::optional(gate->enter(limits_));
  std::atomic<int> entered = 0;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> others;
    for (int i = 0; i < 8; ++i) {
      others.emplace_back([&] {
        try {
          const CallLimits own({}, {}, seconds(60));
          gate->enter(own);
          ++entered;
        } catch (const StorageError&) {
          ++refused;
        }
      });
    }
    first->fail(kDown, seconds(10), seconds(60));
  }

  EXPECT_EQ(entered, 0);
  EXPECT_EQ(refused, 8);
}

TEST_F(TrialGateTest, EndsTheWaitForTheFirstWithTheCall) {
  const auto gate = make(BreakerState::Start::HalfOpen);
  const auto first = gate->enter(limits_);
  const CallLimits few({.deadline = CallLimits::Clock::now() + std::chrono::milliseconds(20)}, {},
                       seconds(60));

  EXPECT_THAT([&] { gate->enter(few); }, ThrowsStorageError(StorageErrc::Timeout));
}

}  // namespace
}  // namespace mediadock::http_client
