#include "writing/suspended_writes.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

SuspendedWrites::Tail tailOf(std::size_t size) {
  return {.number = 1, .written = size, .bytes = std::string(size, 'x')};
}

TEST(SuspendedWrites, GiveATailOnce) {
  SuspendedWrites writes(10);
  writes.remember("a", tailOf(3));

  EXPECT_FALSE(writes.take("b"));
  EXPECT_EQ(writes.take("a")->bytes, "xxx");
  EXPECT_FALSE(writes.take("a"));
}

TEST(SuspendedWrites, ForgetTheOldestTailsAboveTheirMemory) {
  SuspendedWrites writes(10);
  writes.remember("a", tailOf(4));
  writes.remember("b", tailOf(4));
  writes.remember("a", tailOf(5));
  writes.remember("c", tailOf(5));

  EXPECT_FALSE(writes.take("b"));
  EXPECT_TRUE(writes.take("a"));
  EXPECT_TRUE(writes.take("c"));
}

TEST(SuspendedWrites, KeepNoTailThatIsTooLarge) {
  SuspendedWrites writes(10);
  writes.remember("a", tailOf(4));
  writes.remember("b", tailOf(11));

  EXPECT_TRUE(writes.take("a"));
  EXPECT_FALSE(writes.take("b"));
}

TEST(SuspendedWrites, HaveOneStreamEach) {
  SuspendedWrites writes(10);
  auto hold = writes.hold("a");
  const auto other = writes.hold("b");

  EXPECT_THAT([&] { writes.hold("a"); }, ThrowsStorageError(StorageErrc::Locked));
  hold.reset();
  writes.hold("a");
}

}  // namespace
}  // namespace mediadock::nextcloud
