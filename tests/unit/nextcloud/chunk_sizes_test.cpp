#include "chunk_sizes.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

constexpr std::size_t kMiB = 1048576;

TEST(ChunkSizes, AreTheUsualOnesWhereTheyFit) {
  const ChunkSizes sizes;

  EXPECT_EQ(sizes.next(0, 100 * kMiB, 10 * kMiB), 10 * kMiB);
  EXPECT_EQ(sizes.next(5, std::nullopt, 10 * kMiB), 10 * kMiB);
}

TEST(ChunkSizes, AFileOfAnySizeHasAtMostTenThousand_Problem04) {
  const ChunkSizes sizes;
  std::uint64_t left = std::uint64_t{20000} * kMiB + 1;
  std::size_t chunks = 0;

  while (left > 0) {
    left -= std::min<std::uint64_t>(left, sizes.next(chunks, left, kMiB));
    ++chunks;
  }

  EXPECT_LE(chunks, ChunkSizes::kMaxChunks);
}

TEST(ChunkSizes, GrowWhereTheFilesSizeIsUnknown_Problem04) {
  const ChunkSizes sizes;

  EXPECT_EQ(sizes.next(1999, std::nullopt, kMiB), kMiB);
  EXPECT_EQ(sizes.next(2000, std::nullopt, kMiB), 2 * kMiB);
  EXPECT_EQ(sizes.next(9999, std::nullopt, kMiB), 16 * kMiB);
}

TEST(ChunkSizes, AreHalvedByARefusalAndStaySo_Problem29) {
  ChunkSizes sizes;

  EXPECT_TRUE(sizes.refuse(4 * kMiB));

  EXPECT_EQ(sizes.next(0, std::nullopt, 4 * kMiB), 2 * kMiB);
  EXPECT_EQ(sizes.next(9000, std::nullopt, 4 * kMiB), 2 * kMiB);
}

TEST(ChunkSizes, AreNotRaisedByTheRefusalOfALargerBody_Problem29) {
  ChunkSizes sizes;
  sizes.refuse(2 * kMiB);

  sizes.refuse(4 * kMiB);

  EXPECT_EQ(sizes.limit(), kMiB);
}

TEST(ChunkSizes, EndAtALeastSize_Problem29) {
  ChunkSizes sizes;

  EXPECT_FALSE(sizes.refuse(ChunkSizes::kLeastLimit));
}

TEST(ChunkSizes, TellThatAFileDoesNotFitUnderALimit_Problem29) {
  ChunkSizes sizes;
  EXPECT_TRUE(sizes.fits(0, std::uint64_t{100000} * kMiB));

  sizes.refuse(2 * kMiB);

  EXPECT_TRUE(sizes.fits(0, std::uint64_t{10000} * kMiB));
  EXPECT_FALSE(sizes.fits(0, std::uint64_t{20001} * kMiB));
}

}  // namespace
}  // namespace mediadock
