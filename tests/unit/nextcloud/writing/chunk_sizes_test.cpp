#include "writing/chunk_sizes.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kMebibyte = 1048576;

TEST(ChunkSizes, AreTheUsualOnesWhereTheyFit) {
  const ChunkSizes sizes;

  EXPECT_EQ(sizes.next(0, 100 * kMebibyte, 10 * kMebibyte), 10 * kMebibyte);
  EXPECT_EQ(sizes.next(5, std::nullopt, 10 * kMebibyte), 10 * kMebibyte);
}

TEST(ChunkSizes, AFileOfAnySizeHasAtMostTenThousand_Problem04) {
  const ChunkSizes sizes;
  std::uint64_t left = std::uint64_t{20000} * kMebibyte + 1;
  std::size_t chunks = 0;

  while (left > 0) {
    left -= std::min<std::uint64_t>(left, sizes.next(chunks, left, kMebibyte));
    ++chunks;
  }

  EXPECT_LE(chunks, ChunkSizes::kMaxChunks);
}

TEST(ChunkSizes, GrowWhereTheFilesSizeIsUnknown_Problem04) {
  const ChunkSizes sizes;

  EXPECT_EQ(sizes.next(1999, std::nullopt, kMebibyte), kMebibyte);
  EXPECT_EQ(sizes.next(2000, std::nullopt, kMebibyte), 2 * kMebibyte);
  EXPECT_EQ(sizes.next(9999, std::nullopt, kMebibyte), 16 * kMebibyte);
}

TEST(ChunkSizes, AreHalvedByARefusalAndStaySo_Problem29) {
  ChunkSizes sizes;

  EXPECT_TRUE(sizes.refuse(4 * kMebibyte));

  EXPECT_EQ(sizes.next(0, std::nullopt, 4 * kMebibyte), 2 * kMebibyte);
  EXPECT_EQ(sizes.next(9000, std::nullopt, 4 * kMebibyte), 2 * kMebibyte);
}

TEST(ChunkSizes, AreNotRaisedByTheRefusalOfALargerBody_Problem29) {
  ChunkSizes sizes;
  sizes.refuse(2 * kMebibyte);

  sizes.refuse(4 * kMebibyte);

  EXPECT_EQ(sizes.limit(), kMebibyte);
}

TEST(ChunkSizes, EndAtALeastSize_Problem29) {
  ChunkSizes sizes;

  EXPECT_FALSE(sizes.refuse(ChunkSizes::kLeastLimit));
}

TEST(ChunkSizes, TellThatAFileDoesNotFitUnderALimit_Problem29) {
  ChunkSizes sizes;
  EXPECT_TRUE(sizes.fits(0, std::uint64_t{100000} * kMebibyte));

  sizes.refuse(2 * kMebibyte);

  EXPECT_TRUE(sizes.fits(0, std::uint64_t{10000} * kMebibyte));
  EXPECT_FALSE(sizes.fits(0, std::uint64_t{20001} * kMebibyte));
}

}  // namespace
}  // namespace mediadock::nextcloud
