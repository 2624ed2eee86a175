/// \file
/// What one owner may have of unfinished uploads.

#include "media/uploads/unfinished_limits.h"

#include "unit/media/uploads/resumable_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

using Limit = UnfinishedLimitReached::Limit;

MATCHER_P(Refuses, limit, "") {
  try {
    arg();
  } catch (const UnfinishedLimitReached& error) {
    *result_listener << error.what();
    return error.limit() == limit;
  }
  return false;
}

/// Over a storage that keeps unfinished writes, or one that does not.
class UnfinishedLimitsTest : public ResumableWorld,
                             public testing::WithParamInterface<const char*> {
 protected:
  UnfinishedLimitsTest() : ResumableWorld(GetParam()) {
    world.resumable.perOwner = {.uploads = 3, .bytes = kBytes};
    world.restart();
  }

  static constexpr std::uint64_t kBytes = 100000;

  const std::string half = std::string(kBytes / 2, 'x');
};

TEST_P(UnfinishedLimitsTest, AnOwnerHasSoManyAtATime) {
  const auto first = begin(7);
  begin(7);
  const auto third = begin(7);
  EXPECT_THAT([&] { begin(7); }, Refuses(Limit::Uploads));
  owner = "other";
  begin(7);
  owner = "";

  finish(first, "content");
  begin(7);
  EXPECT_THAT([&] { begin(7); }, Refuses(Limit::Uploads));
  uploads().terminate(third, world.context);

  begin(7);
}

TEST_P(UnfinishedLimitsTest, AnOwnerHasSoManyBytesInAll) {
  const auto one = begin(kBytes);
  const auto other = begin(kBytes);
  owner = "other";
  const auto foreign = begin(kBytes);
  addPiece(one, half);
  addPiece(other, half);

  EXPECT_THAT([&] { addPiece(other, "x"); }, Refuses(Limit::Bytes));
  EXPECT_EQ(offsetOf(other), half.size());
  addPiece(foreign, half);
  uploads().terminate(one, world.context);

  finish(other, half);
}

TEST_P(UnfinishedLimitsTest, BytesAtWorkCountBeforeTheyAreKept) {
  const auto one = begin(kBytes);
  const auto other = begin(kBytes);
  const auto writer = goOn(one);
  writer->holdBack();
  write(*writer, half);
  const auto neighbour = goOn(other);
  write(*neighbour, half);

  EXPECT_THAT([&] { write(*neighbour, "x"); }, Refuses(Limit::Bytes));
}

TEST_P(UnfinishedLimitsTest, BytesOfAWriterThatLeftCountNoMore) {
  const auto one = begin(kBytes);
  const auto other = begin(kBytes);
  write(*goOn(one), half);

  addPiece(other, half);
  finish(other, half);
}

TEST_P(UnfinishedLimitsTest, OneThatNeverFitsIsNotBegun) {
  EXPECT_THAT([&] { begin(kBytes + 1); }, Refuses(Limit::UploadBytes));

  finish(begin(kBytes), half + half);
}

INSTANTIATE_TEST_SUITE_P(OverStorages, UnfinishedLimitsTest, testing::Values("", "write_resume"),
                         [](const auto& tested) {
                           return std::string(*tested.param == 0 ? "ThatKeep" : "ThatKeepNothing");
                         });

}  // namespace
}  // namespace mediadock::media
