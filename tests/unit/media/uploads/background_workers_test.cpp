#include "media/uploads/background_workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace mediadock::media {
namespace {

constexpr std::chrono::seconds kLong{30};

/// A signal from one thread to another.
class Signal {
 public:
  void give() { promise_.set_value(); }

  bool await() { return future_.wait_for(kLong) == std::future_status::ready; }

 private:
  std::promise<void> promise_;
  std::future<void> future_ = promise_.get_future();
};

/// Keeps the only thread of a BackgroundWorkers at work until its end.
class Occupation {
 public:
  explicit Occupation(BackgroundWorkers& threads)
      : caller_([this, &threads] {
          threads.runAlongside(
              [this] {
                hasBegun_.give();
                EXPECT_TRUE(mayEnd_.await());
              },
              [this] {
                // Before that the caller might take the work back.
                EXPECT_TRUE(hasBegun_.await());
                isSure_.give();
              });
        }) {
    EXPECT_TRUE(isSure_.await());
  }

  ~Occupation() { mayEnd_.give(); }

 private:
  Signal hasBegun_;
  Signal isSure_;
  Signal mayEnd_;
  std::jthread caller_;
};

TEST(BackgroundWorkers, RunBothAtOneTime) {
  BackgroundWorkers threads(1);
  Signal fromAside;
  Signal fromMain;
  bool hasMet = false;

  threads.runAlongside(
      [&] {
        fromAside.give();
        hasMet = fromMain.await();
      },
      [&] {
        EXPECT_TRUE(fromAside.await());
        fromMain.give();
      });

  EXPECT_TRUE(hasMet);
}

TEST(BackgroundWorkers, LeaveAllToTheCallerWhereThereAreNone) {
  BackgroundWorkers threads(0);
  std::vector<std::thread::id> ran;

  threads.runAlongside([&] { ran.push_back(std::this_thread::get_id()); },
                       [&] { ran.push_back(std::this_thread::get_id()); });

  EXPECT_EQ(ran, std::vector(2, std::this_thread::get_id()));
}

TEST(BackgroundWorkers, LeaveToTheCallerWhatNobodyIsFreeFor) {
  BackgroundWorkers threads(1);
  const Occupation occupation(threads);
  std::thread::id ranOn;

  threads.runAlongside([&] { ranOn = std::this_thread::get_id(); }, [] {});

  EXPECT_EQ(ranOn, std::this_thread::get_id());
}

TEST(BackgroundWorkers, AreAtAnEndWithTheWorkWhenTheCallerFails) {
  BackgroundWorkers threads(1);
  Signal hasBegun;
  std::atomic<int> steps = 0;

  EXPECT_THROW(threads.runAlongside(
                   [&] {
                     hasBegun.give();
                     while (steps < 100000) {
                       ++steps;
                     }
                   },
                   [&] {
                     EXPECT_TRUE(hasBegun.await());
                     throw std::runtime_error("failed");
                   }),
               std::runtime_error);

  EXPECT_EQ(steps, 100000);
}

TEST(BackgroundWorkers, NeverBeginBehindAFailure) {
  BackgroundWorkers threads(1);
  bool hasRun = false;
  {
    const Occupation occupation(threads);

    EXPECT_THROW(
        threads.runAlongside([&] { hasRun = true; }, [] { throw std::runtime_error("failed"); }),
        std::runtime_error);
  }

  EXPECT_FALSE(hasRun);
}

TEST(BackgroundWorkers, ServeManyCallers) {
  constexpr int kCallers = 8;
  constexpr int kRuns = 500;
  BackgroundWorkers threads(3);
  std::atomic<int> total = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      int background = 0;
      int main = 0;
      for (int runAlongside = 0; runAlongside < kRuns; ++runAlongside) {
        threads.runAlongside([&] { ++background; }, [&] { ++main; });
        EXPECT_EQ(background, main);
      }
      total += background;
    });
  }

  callers.clear();

  EXPECT_EQ(total, kCallers * kRuns);
}

}  // namespace
}  // namespace mediadock::media
