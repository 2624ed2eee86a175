#include "media/thumbnails/picture_sources.h"

#include <gtest/gtest.h>

namespace mediadock::media {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMiB = 1048576;

class PictureSourcesTest : public testing::Test {
 protected:
  PictureSource choose(std::uint64_t size = 8 * kMiB) { return sources_.choose(size); }

  void preview(int ms) { sources_.learn(PictureSource::Preview, 8 * kMiB, milliseconds(ms)); }

  void original(int ms, std::uint64_t size = 8 * kMiB) {
    sources_.learn(PictureSource::Original, size, milliseconds(ms));
  }

  /// How many of the next `count` pictures come from their files.
  int originalsOf(int count, int previewMs, int originalMs) {
    int originals = 0;
    for (int i = 0; i < count; ++i) {
      if (choose() == PictureSource::Original) {
        ++originals;
        original(originalMs);
      } else {
        preview(previewMs);
      }
    }
    return originals;
  }

  PictureSources sources_;
};

TEST_F(PictureSourcesTest, BeginWithAPreview) {
  EXPECT_EQ(choose(), PictureSource::Preview);
}

TEST_F(PictureSourcesTest, NeverReadFilesWherePreviewsAreQuick) {
  EXPECT_EQ(originalsOf(100, 40, 1), 0);
}

TEST_F(PictureSourcesTest, TakeFilesWherePreviewsAreSlower) {
  EXPECT_GE(originalsOf(60, 800, 170), 55);
}

TEST_F(PictureSourcesTest, TakePreviewsWhereFilesAreSlower) {
  EXPECT_LE(originalsOf(60, 800, 5000), 5);
}

TEST_F(PictureSourcesTest, FindOutThatPreviewsHaveBecomeQuick) {
  originalsOf(60, 800, 170);

  // Trials are rare, and each counts for a part.
  EXPECT_LT(originalsOf(400, 40, 170), 200);
  EXPECT_EQ(originalsOf(100, 40, 170), 0);
}

TEST_F(PictureSourcesTest, HoldTheFilesSizeAgainstTheTimeOfAPreview) {
  preview(800);
  original(100, kMiB);

  EXPECT_EQ(choose(2 * kMiB), PictureSource::Original);
  EXPECT_EQ(choose(20 * kMiB), PictureSource::Preview);
}

}  // namespace
}  // namespace mediadock::media
