#include "patience.h"

#include "fake_time.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const StorageFailure kBusy{
    .code = StorageErrc::RateLimited, .message = "busy", .upstreamStatus = 429};

TEST(Patience, DoublesUpToTenSeconds) {
  const FakeTime time(0.5);
  const Patience patience(time.source());

  EXPECT_EQ(patience.pause(0), milliseconds(100));
  EXPECT_EQ(patience.pause(1), milliseconds(200));
  EXPECT_EQ(patience.pause(4), milliseconds(1600));
  EXPECT_EQ(patience.pause(40), milliseconds(5000));
}

TEST(Patience, LetsChanceTakeAnyPart) {
  EXPECT_EQ(Patience(FakeTime(0).source()).pause(3), milliseconds(0));
  for (int i = 0; i < 1000; ++i) {
    const auto pause = Patience().pause(3);
    ASSERT_GE(pause, milliseconds(0));
    ASSERT_LT(pause, milliseconds(1600));
  }
}

TEST(Patience, TellsEveryCallerOfALongRest) {
  FakeTime time;
  Patience patience(time.source());
  const CallLimits limits({}, {}, seconds(60));
  patience.rest(seconds(30), kBusy);
  time.pass(seconds(10));

  for (int caller = 0; caller < 3; ++caller) {
    try {
      patience.await(limits);
      FAIL() << "a caller went on";
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::RateLimited);
      EXPECT_EQ(error.failure().retry, Retry::AfterDelay);
      EXPECT_EQ(error.failure().retryAfter, seconds(20));
    }
  }
}

TEST(Patience, EndsTheRestWithItsTime) {
  FakeTime time;
  Patience patience(time.source());
  const CallLimits limits({}, {}, seconds(60));
  patience.rest(seconds(30), kBusy);
  time.pass(seconds(30));

  EXPECT_NO_THROW(patience.await(limits));
}

TEST(Patience, KeepsTheLongerOfTwoRests) {
  FakeTime time;
  Patience patience(time.source());
  const CallLimits limits({}, {}, seconds(60));
  patience.rest(seconds(30), kBusy);
  patience.rest(seconds(1), kBusy);
  time.pass(seconds(10));

  EXPECT_THAT([&] { patience.await(limits); }, ThrowsStorageError(StorageErrc::RateLimited));
}

TEST(Patience, WaitsForNoRestThatEndsAfterTheCall) {
  Patience patience;
  const auto start = CallLimits::Clock::now();
  const CallLimits limits({.deadline = start + seconds(2)}, {}, seconds(60));
  patience.rest(seconds(4), kBusy);

  EXPECT_THAT([&] { patience.await(limits); }, ThrowsStorageError(StorageErrc::RateLimited));
  EXPECT_LT(CallLimits::Clock::now() - start, seconds(1));
}

TEST(Patience, EndsAWaitWithTheCall) {
  Patience patience;
  std::stop_source cancel;
  const CallLimits limits({.cancellation = cancel.get_token()}, {}, seconds(60));
  patience.rest(seconds(4), kBusy);
  cancel.request_stop();

  EXPECT_THAT([&] { patience.await(limits); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock
