#include "http/resilience/back_off.h"

#include "support/storage_error_matcher.h"
#include "unit/plugin_http/resilience/fake_time.h"

#include <gtest/gtest.h>

namespace mediadock::http_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const StorageFailure kBusy{
    .code = StorageErrc::RateLimited, .message = "busy", .upstreamStatus = 429};

TEST(RetryPause, DoublesUpToTenSeconds) {
  EXPECT_EQ(retryPause(0, 0.5), milliseconds(100));
  EXPECT_EQ(retryPause(1, 0.5), milliseconds(200));
  EXPECT_EQ(retryPause(4, 0.5), milliseconds(1600));
  EXPECT_EQ(retryPause(40, 0.5), milliseconds(5000));
}

TEST(RetryPause, LetsChanceTakeAnyPart) {
  EXPECT_EQ(retryPause(3, 0), milliseconds(0));
  for (int i = 0; i < 1000; ++i) {
    const auto pause = retryPause(3, randomFraction());
    ASSERT_GE(pause, milliseconds(0));
    ASSERT_LT(pause, milliseconds(1600));
  }
}

TEST(ServerCooldown, TellsEveryCallerOfALongOne) {
  FakeTime time;
  ServerCooldown cooldown(time.source());
  const CallLimits limits({}, {}, seconds(60));
  cooldown.start(seconds(30), kBusy);
  time.pass(seconds(10));

  for (int caller = 0; caller < 3; ++caller) {
    try {
      cooldown.waitOut(limits);
      FAIL() << "a caller went on";
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::RateLimited);
      EXPECT_EQ(error.failure().retry, Retry::AfterDelay);
      EXPECT_EQ(error.failure().retryAfter, seconds(20));
    }
  }
}

TEST(ServerCooldown, EndsWithItsTime) {
  FakeTime time;
  ServerCooldown cooldown(time.source());
  const CallLimits limits({}, {}, seconds(60));
  cooldown.start(seconds(30), kBusy);
  time.pass(seconds(30));

  EXPECT_NO_THROW(cooldown.waitOut(limits));
}

TEST(ServerCooldown, KeepsTheLongerOfTwo) {
  FakeTime time;
  ServerCooldown cooldown(time.source());
  const CallLimits limits({}, {}, seconds(60));
  cooldown.start(seconds(30), kBusy);
  cooldown.start(seconds(1), kBusy);
  time.pass(seconds(10));

  EXPECT_THAT([&] { cooldown.waitOut(limits); }, ThrowsStorageError(StorageErrc::RateLimited));
}

TEST(ServerCooldown, IsNotWaitedForBeyondTheCall) {
  ServerCooldown cooldown;
  const auto start = CallLimits::Clock::now();
  const CallLimits limits({.deadline = start + seconds(2)}, {}, seconds(60));
  cooldown.start(seconds(4), kBusy);

  EXPECT_THAT([&] { cooldown.waitOut(limits); }, ThrowsStorageError(StorageErrc::RateLimited));
  EXPECT_LT(CallLimits::Clock::now() - start, seconds(1));
}

TEST(ServerCooldown, EndsAWaitWithTheCall) {
  ServerCooldown cooldown;
  std::stop_source cancel;
  const CallLimits limits({.cancellation = cancel.get_token()}, {}, seconds(60));
  cooldown.start(seconds(4), kBusy);
  cancel.request_stop();

  EXPECT_THAT([&] { cooldown.waitOut(limits); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::http_client
