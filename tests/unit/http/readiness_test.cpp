#include "http/readiness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

namespace mediadock {
namespace {

CallContext within(std::chrono::milliseconds limit) {
  return {.deadline = CallContext::Clock::now() + limit};
}

constexpr std::chrono::seconds kLong{10};

TEST(Readiness, X68AsksOnceForMany) {
  std::atomic<int> asked = 0;
  Readiness readiness([&](const CallContext&) { ++asked; });

  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(readiness.isReady(within(kLong)));
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
  std::thread first([&] { firstAnswer = readiness.isReady(within(kLong)); });
  isAsking.wait();

  EXPECT_FALSE(readiness.isReady(within(std::chrono::milliseconds(50))));
  EXPECT_EQ(asked, 1);

  std::atomic<bool> secondAnswer = false;
  std::thread second([&] { secondAnswer = readiness.isReady(within(kLong)); });
  mayAnswer.count_down();
  first.join();
  second.join();
  EXPECT_TRUE(firstAnswer);
  EXPECT_TRUE(secondAnswer);
}

TEST(Readiness, IsNotThereWhereTheCheckThrows) {
  Readiness readiness([](const CallContext&) { throw std::runtime_error("gone"); });

  EXPECT_FALSE(readiness.isReady(within(kLong)));
}

}  // namespace
}  // namespace mediadock
