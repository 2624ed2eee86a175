#include "media/types/version_memo.h"

#include "media/types/type_sniffer.h"

#include <gtest/gtest.h>

namespace mediadock::media {
namespace {

const SniffedType kPngType{.type = "image/png"};

TEST(VersionMemo, KnowsAVersionAndNoOther) {
  VersionMemo<SniffedType> memo;
  const auto path = StoragePath::parse("a/b.png");

  memo.remember(path, {"1"}, kPngType);

  EXPECT_EQ(memo.find(path, {"1"}), kPngType);
  EXPECT_EQ(memo.find(path, {"2"}), std::nullopt);
  EXPECT_EQ(memo.find(path, {"1", true}), std::nullopt);
  EXPECT_EQ(memo.find(StoragePath::parse("a"), {"1"}), std::nullopt);
}

TEST(VersionMemo, ForgetsWhatItLearntFirst) {
  VersionMemo<SniffedType> memo;
  const auto path = [](std::size_t i) { return StoragePath::parse(std::to_string(i)); };
  for (std::size_t i = 0; i <= VersionMemo<SniffedType>::kMostFiles; ++i) {
    memo.remember(path(i), {"1"}, kPngType);
    memo.remember(path(i), {"1"}, kPngType);
  }

  EXPECT_EQ(memo.find(path(0), {"1"}), std::nullopt);
  EXPECT_EQ(memo.find(path(1), {"1"}), kPngType);
}

}  // namespace
}  // namespace mediadock::media
