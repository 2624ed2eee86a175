#include "media/readiness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <stop_token>
#include <thread>

namespace mediadock::media {
namespace {

CallContext within(std::chrono::milliseconds limit) {
  return {.deadline = CallContext::Clock::now() + limit};
}

constexpr std::chrono::seconds kLongEnough{10};

TEST(Readiness, X68AsksOnceForMany) {
  std::atomic<int> asked = 0;
  Readiness readiness([&](const CallContext&) { ++asked; });

  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(readiness.isReady(within(kLongEnough)));
  }

  // A second one only where the thousand took longer than a second.
  EXPECT_LE(asked, 2);
}

TEST(Readiness, X68LetsTheOthersWaitWhileOneAsks) {
  std::atomic<int> asked = 0;
  std::latch isAsking(1);
  std::latch mayAnswer(1);
  Readiness readiness([&](const CallContext&) {
    if (++asked == 1) {
      isAsking.count_down();
      mayAnswer.wait();
    }
  });
  std::atomic<bool> firstAnswer = false;
  std::thread first([&] { firstAnswer = readiness.isReady(within(kLongEnough)); });
  isAsking.wait();

  EXPECT_FALSE(readiness.isReady(within(std::chrono::milliseconds(50))));
  EXPECT_EQ(asked, 1);

  std::atomic<bool> secondAnswer = false;
  std::thread second([&] { secondAnswer = readiness.isReady(within(kLongEnough)); });
  mayAnswer.count_down();
  first.join();
  second.join();
  EXPECT_TRUE(firstAnswer);
  EXPECT_TRUE(secondAnswer);
}

TEST(Readiness, IsNoLongerWaitedForOnceTheCallIsCancelled) {
  std::latch isAsking(1);
  std::latch mayAnswer(1);
  Readiness readiness([&](const CallContext&) {
    isAsking.count_down();
    mayAnswer.wait();
  });
  std::thread first([&] { readiness.isReady(within(kLongEnough)); });
  isAsking.wait();
  std::stop_source caller;
  CallContext cancelled = within(std::chrono::hours(1));
  cancelled.cancellation = caller.get_token();
  caller.request_stop();

  EXPECT_FALSE(readiness.isReady(cancelled));

  mayAnswer.count_down();
  first.join();
}

TEST(Readiness, IsNotThereWhereTheCheckThrows) {
  Readiness readiness([](const CallContext&) { throw std::runtime_error("gone"); });

  EXPECT_FALSE(readiness.isReady(within(kLongEnough)));
}

}  // namespace
}  // namespace mediadock::media
