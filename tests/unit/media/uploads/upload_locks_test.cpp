#include "media/uploads/upload_locks.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace mediadock::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(UploadLocks, LetOneInAtATime) {
  UploadLocks locks;
  const auto held = locks.acquire("a", seconds(0));

  EXPECT_FALSE(locks.tryAcquire("a"));
  EXPECT_THAT([&] { locks.acquire("a", milliseconds(1)); },
              ThrowsStorageError(StorageErrc::Locked));
  EXPECT_TRUE(locks.tryAcquire("b")) << "another upload's";
}

TEST(UploadLocks, AreFreeAgainAtTheEndOfTheirHolder) {
  UploadLocks locks;
  {
    auto first = locks.acquire("a", seconds(0));
    const auto moved = std::move(first);
    EXPECT_FALSE(locks.tryAcquire("a"));
  }

  EXPECT_TRUE(locks.tryAcquire("a"));
}

TEST(UploadLocks, TellTheHolderThatSomebodyWaits) {
  UploadLocks locks;
  auto held = std::optional(locks.acquire("a", seconds(0)));
  EXPECT_FALSE(held->isWanted());
  auto next = std::async(std::launch::async, [&] { return locks.acquire("a", seconds(60)); });

  while (!held->isWanted()) {
    std::this_thread::yield();
  }
  held.reset();

  const auto taken = next.get();
  EXPECT_FALSE(taken.isWanted());
  EXPECT_FALSE(locks.tryAcquire("a"));
}

TEST(UploadLocks, AreNoLongerWantedByWhoGaveUp) {
  UploadLocks locks;
  const auto held = locks.acquire("a", seconds(0));

  EXPECT_THAT([&] { locks.acquire("a", milliseconds(1)); },
              ThrowsStorageError(StorageErrc::Locked));

  EXPECT_FALSE(held.isWanted());
}

}  // namespace
}  // namespace mediadock::media
