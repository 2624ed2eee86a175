#include "storage/calls/wait.h"

#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <thread>

namespace mediadock::storage {
namespace {

struct Flag {
  std::mutex mutex;
  std::condition_variable_any changed;
  bool isSet = false;

  void wait(const CallContext& context) {
    std::unique_lock lock(mutex);
    waitOrThrow(changed, lock, context, [this] { return isSet; },
                {.message = "gave up", .retry = Retry::Safe, .operation = "wait"});
  }
};

TEST(WaitOrThrow, ReturnsWhenThePredicateHolds) {
  Flag flag;
  const std::jthread setter([&flag] {
    {
      const std::lock_guard lock(flag.mutex);
      flag.isSet = true;
    }
    flag.changed.notify_all();
  });
  EXPECT_NO_THROW(flag.wait({}));
}

TEST(WaitOrThrow, EndsAtTheDeadline) {
  Flag flag;
  CallContext context;
  context.deadline = CallContext::Clock::now() + std::chrono::milliseconds(1);
  const StorageFailure failure = failureOf([&] { flag.wait(context); });
  EXPECT_EQ(failure.code, StorageErrc::Timeout);
  EXPECT_EQ(failure.message, "gave up");
  EXPECT_EQ(failure.retry, Retry::Safe);
}

TEST(WaitOrThrow, EndsAtCancellation) {
  Flag flag;
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  const std::jthread canceller([&stop] { stop.request_stop(); });
  EXPECT_EQ(failureOf([&] { flag.wait(context); }).code, StorageErrc::Cancelled);
}

}  // namespace
}  // namespace mediadock::storage
