#include "media/thumbnails/picture_size.h"

#include "support/pictures.h"

#include <gmock/gmock.h>

namespace mediadock::thumbnailer {
namespace {

using namespace std::string_literals;
using testing::Eq;
using testing::Optional;

constexpr auto kJpeg = media::ThumbnailFormat::Jpeg;
constexpr auto kWebp = media::ThumbnailFormat::Webp;

struct SizeCase {
  const char* suffix;
  media::ThumbnailFormat format;
};

class PictureSizeOf : public testing::TestWithParam<SizeCase> {};

TEST_P(PictureSizeOf, RealFilesIsWhatTheyHave) {
  const auto [suffix, format] = GetParam();

  for (const auto& [width, height] : {std::pair(300, 200), std::pair(2, 1), std::pair(5000, 3)}) {
    const std::string file = redAndBlue(width, height, suffix);
    const media::PictureSize size{static_cast<std::uint32_t>(width),
                                  static_cast<std::uint32_t>(height)};

    EXPECT_THAT(media::pictureSizeOf(file, format), Optional(size));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, PictureSizeOf,
                         testing::Values(SizeCase{".jpg", kJpeg},
                                         SizeCase{".jpg[interlace]", kJpeg},
                                         SizeCase{".jpg[strip]", kJpeg}, SizeCase{".webp", kWebp},
                                         SizeCase{".webp[lossless]", kWebp},
                                         SizeCase{".webp[strip]", kWebp}));

TEST(PictureSizeOf, SkipsSegmentsThatLookLikeFrames) {
  const std::string file =
      "\xff\xd8\xff\xe0\x00\x09\xff\xc0\x00\x11\x08\x01\x01\xff\xc4\x00\x02"s
      "\xff\xc2\x00\x11\x08\x00\x30\x00\x40"s;

  EXPECT_THAT(media::pictureSizeOf(file, kJpeg),
              Optional(media::PictureSize{.width = 64, .height = 48}));
}

TEST(PictureSizeOf, IsUnknownOfWhatIsNoneOrAnother) {
  const std::string jpeg = redAndBlue(30, 20, ".jpg[strip]");
  const std::string webp = redAndBlue(30, 20, ".webp[strip]");

  EXPECT_THAT(media::pictureSizeOf("", kJpeg), Eq(std::nullopt));
  EXPECT_THAT(media::pictureSizeOf("", kWebp), Eq(std::nullopt));
  EXPECT_THAT(media::pictureSizeOf(jpeg, kWebp), Eq(std::nullopt));
  EXPECT_THAT(media::pictureSizeOf(webp, kJpeg), Eq(std::nullopt));
  EXPECT_THAT(media::pictureSizeOf("\xff\xd8\xff\xe0\x00\x01\xff\xc0\x00\x11\x08"s, kJpeg),
              Eq(std::nullopt));
  EXPECT_THAT(
      media::pictureSizeOf("RIFF\x30\0\0\0WEBPALPH\x20\0\0\0"s + std::string(32, 'x'), kWebp),
      Eq(std::nullopt));
}

TEST(PictureSizeOf, ReadsNothingBehindTheEnd) {
  for (const auto& [file, format] : {std::pair(redAndBlue(30, 20, ".jpg"), kJpeg),
                                     std::pair(redAndBlue(30, 20, ".webp"), kWebp)}) {
    for (std::size_t length = 0; length < file.size(); ++length) {
      // A copy of its own, for the sanitizer to see its end.
      const auto size = media::pictureSizeOf(std::string(file, 0, length), format);
      EXPECT_TRUE(!size || *size == (media::PictureSize{.width = 30, .height = 20})) << length;
    }
  }
}

}  // namespace
}  // namespace mediadock::thumbnailer
