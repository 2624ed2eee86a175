#include "mediadock/byte_range.h"

#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <limits>

namespace mediadock {
namespace {

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();

TEST(ResolveByteRange, SelectsFromTheFirstToTheLastByte) {
  EXPECT_EQ(resolve(ByteRange{.first = 2, .last = 4}, 10), (ByteSlice{2, 3}));
  EXPECT_EQ(resolve(ByteRange{.first = 9, .last = 9}, 10), (ByteSlice{9, 1}));
  EXPECT_EQ(resolve(ByteRange{.first = 7}, 10), (ByteSlice{7, 3}));
  EXPECT_EQ(resolve(ByteRange{.last = 3}, 10), (ByteSlice{7, 3}));
  EXPECT_EQ(resolve(std::nullopt, 10), (ByteSlice{0, 10}));
  EXPECT_EQ(resolve(std::nullopt, 0), (ByteSlice{0, 0}));
}

TEST(ResolveByteRange, CutsAtTheEnd) {
  EXPECT_EQ(resolve(ByteRange{.first = 8, .last = 100}, 10), (ByteSlice{8, 2}));
  EXPECT_EQ(resolve(ByteRange{.first = 8, .last = kMost}, 10), (ByteSlice{8, 2}));
  EXPECT_EQ(resolve(ByteRange{.first = 0, .last = kMost}, kMost), (ByteSlice{0, kMost}));
  EXPECT_EQ(resolve(ByteRange{.last = 100}, 10), (ByteSlice{0, 10}));
  EXPECT_EQ(resolve(ByteRange{.last = 100}, 0), (ByteSlice{0, 0}));
}

TEST(ResolveByteRange, IsNotSatisfiableOutsideOfTheObject) {
  const auto refused = ThrowsStorageError(StorageErrc::RangeNotSatisfiable);

  EXPECT_THAT([] { resolve(ByteRange{.first = 10}, 10); }, refused);
  EXPECT_THAT([] { resolve(ByteRange{.first = 10, .last = 20}, 10); }, refused);
  EXPECT_THAT([] { resolve(ByteRange{.first = 0}, 0); }, refused);
  EXPECT_THAT([] { resolve(ByteRange{.last = 0}, 10); }, refused);
}

TEST(ResolveByteRange, HasToBeARangeWhateverTheSize) {
  const auto refused = ThrowsStorageError(StorageErrc::InvalidArgument);

  for (const std::uint64_t size : {0U, 3U, 10U}) {
    EXPECT_THAT([&] { resolve(ByteRange{.first = 5, .last = 4}, size); }, refused) << size;
    EXPECT_THAT([&] { resolve(ByteRange{}, size); }, refused) << size;
  }
}

}  // namespace
}  // namespace mediadock
