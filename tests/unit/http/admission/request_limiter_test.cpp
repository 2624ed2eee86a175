#include "http/admission/request_limiter.h"

#include "http/syntax/problem_exception.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace mediadock::http {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

/// Three at once, one more every half second.
class RequestLimiterOfThree : public testing::Test {
 protected:
  /// The seconds to wait where there is no token.
  std::optional<std::string> refusal(const std::string& key) {
    try {
      limiter.take(key);
      return std::nullopt;
    } catch (const ProblemException& error) {
      EXPECT_EQ(error.problem().status, 429);
      return error.problem().headers.front().second;
    }
  }

  void exhaust(const std::string& key) {
    for (int i = 0; i < 3; ++i) {
      ASSERT_EQ(refusal(key), std::nullopt);
    }
  }

  RequestLimiter::Clock::time_point now;
  RequestLimiter limiter{{.interval = 500ms, .burst = 3}, 100, [this] { return now; }};
};

TEST_F(RequestLimiterOfThree, RefusesTheFourthAtOnce) {
  exhaust("a");

  EXPECT_EQ(refusal("a"), "1");
}

TEST_F(RequestLimiterOfThree, LetsOthersAsk) {
  exhaust("a");

  EXPECT_EQ(refusal("b"), std::nullopt);
}

TEST_F(RequestLimiterOfThree, GivesOneBackAfterEachInterval) {
  exhaust("a");

  now += 499ms;
  EXPECT_EQ(refusal("a"), "1");
  now += 1ms;
  EXPECT_EQ(refusal("a"), std::nullopt);
  EXPECT_EQ(refusal("a"), "1");
}

TEST_F(RequestLimiterOfThree, TakesNothingForARefusal) {
  exhaust("a");
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(refusal("a"), "1");
  }

  now += 500ms;

  EXPECT_EQ(refusal("a"), std::nullopt);
}

TEST_F(RequestLimiterOfThree, NeverHasMoreThanItsBurst) {
  now += 3600s;

  exhaust("a");

  EXPECT_EQ(refusal("a"), "1");
}

TEST_F(RequestLimiterOfThree, CanBeAskedForRoomWithoutTakingIt) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_NO_THROW(limiter.requireRoom("a"));
  }
  exhaust("a");

  EXPECT_THROW(limiter.requireRoom("a"), ProblemException);
}

TEST_F(RequestLimiterOfThree, ForgetsBucketsThatAreFullAgain) {
  for (int i = 0; i < 50; ++i) {
    limiter.take("old " + std::to_string(i));
  }
  now += 2s;
  for (int i = 0; i < 50; ++i) {
    limiter.take("new " + std::to_string(i));
  }

  EXPECT_EQ(limiter.buckets(), 50U);
}

TEST_F(RequestLimiterOfThree, KeepsNoMoreBucketsThanItMay) {
  exhaust("a");
  for (int i = 0; i < 99; ++i) {
    limiter.take(std::to_string(i));
  }
  ASSERT_EQ(refusal("a"), "1");
  for (int i = 0; i < 99; ++i) {
    limiter.take("more " + std::to_string(i));
  }

  EXPECT_EQ(limiter.buckets(), 100U);
  EXPECT_EQ(refusal("a"), "1") << "whoever goes on asking is not forgotten";
}

TEST(RequestLimiter, SaysHowManySecondsToWait) {
  RequestLimiter limiter({.interval = 2500ms, .burst = 1}, 10,
                         [] { return RequestLimiter::Clock::time_point(); });
  limiter.take("a");

  try {
    limiter.take("a");
    ADD_FAILURE() << "was let pass";
  } catch (const ProblemException& error) {
    EXPECT_EQ(error.problem().headers.front(), Headers::Field("Retry-After", "3"));
  }
}

TEST(RequestLimiter, IsOffWithoutAnInterval) {
  RequestLimiter limiter({});
  for (int i = 0; i < 1000; ++i) {
    limiter.take("a");
  }

  EXPECT_EQ(limiter.buckets(), 0U);
}

TEST(RequestLimiter, CountsAcrossThreads) {
  RequestLimiter limiter({.interval = 1s, .burst = 500}, 3,
                         [] { return RequestLimiter::Clock::time_point(); });
  std::atomic<int> passed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        try {
          limiter.take("a");
          ++passed;
        } catch (const ProblemException&) {
          continue;
        }
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }

  EXPECT_EQ(passed, 500);
}

TEST(LimiterKeyOf, IsOneForAnIpv6Network) {
  const auto keyOf = [](std::string_view text) {
    return limiterKeyOf({.address = *IpAddress::parse(text)});
  };

  EXPECT_EQ(keyOf("2001:db8:0:1::1"), keyOf("2001:db8:0:1:ffff::2"));
  EXPECT_NE(keyOf("2001:db8:0:1::1"), keyOf("2001:db8:0:2::1"));
  EXPECT_NE(keyOf("192.0.2.1"), keyOf("192.0.2.2"));
}

}  // namespace
}  // namespace mediadock::http
