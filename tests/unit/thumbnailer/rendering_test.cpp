#include "media/thumbnails/thumbnail_renderer.h"
#include "support/memory_stream.h"
#include "support/pictures.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace mediadock::thumbnailer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

media::Rendered render(const std::string& file, std::uint32_t size = 64,
                       media::ThumbnailFormat format = media::ThumbnailFormat::Jpeg) {
  MemoryStream source(file);
  CallContext context;
  context.deadline = CallContext::Clock::now() + std::chrono::seconds(50);
  return media::ThumbnailRenderer(MEDIADOCK_THUMBNAILER, media::kMaxThumbnailSourceBytes)
      .render(source, size, format, context);
}

testing::Matcher<std::vector<double>> isNear(const std::vector<double>& colour) {
  std::vector<testing::Matcher<double>> bands;
  for (const double value : colour) {
    bands.push_back(testing::DoubleNear(value, 24));
  }
  return testing::ElementsAreArray(bands);
}

struct FormatCase {
  const char* name;
  const char* suffix;
};

class EveryFormat : public testing::TestWithParam<FormatCase> {};

TEST_P(EveryFormat, IsShrunkToBothFormats) {
  const std::string file = redAndBlue(400, 300, GetParam().suffix);

  const media::Rendered jpeg = render(file);
  const media::Rendered webp = render(file, 64, media::ThumbnailFormat::Webp);

  ASSERT_EQ(jpeg.verdict, media::RenderVerdict::Picture);
  const PictureFacts facts = factsOf(jpeg.bytes);
  EXPECT_THAT(facts.loader, HasSubstr("jpeg"));
  EXPECT_EQ(facts.width, 64);
  EXPECT_EQ(facts.height, 48);
  EXPECT_THAT(facts.metadata, IsEmpty());
  EXPECT_THAT(pixelAt(jpeg.bytes, 0.1, 0.5), isNear({255, 0, 0}));
  EXPECT_THAT(pixelAt(jpeg.bytes, 0.9, 0.5), isNear({0, 0, 255}));
  ASSERT_EQ(webp.verdict, media::RenderVerdict::Picture);
  EXPECT_THAT(factsOf(webp.bytes).loader, HasSubstr("webp"));
  EXPECT_THAT(factsOf(webp.bytes).metadata, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat,
                         testing::Values(FormatCase{"Jpeg", ".jpg"},
                                         FormatCase{"ProgressiveJpeg", ".jpg[interlace]"},
                                         FormatCase{"Png", ".png"},
                                         FormatCase{"InterlacedPng", ".png[interlace]"},
                                         FormatCase{"PalettePng", ".png[palette]"},
                                         FormatCase{"Webp", ".webp"}, FormatCase{"Gif", ".gif"},
                                         FormatCase{"Avif", ".avif"}, FormatCase{"Heic", ".heic"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Thumbnailer, X41TurnsAPictureAndLeavesItsPlaceOut) {
  const std::string photo = photoOnItsSide(400, 200);
  ASSERT_THAT(photo, HasSubstr("a private note"));
  ASSERT_THAT(factsOf(photo).metadata, testing::Contains("exif-data"));

  for (const auto format : {media::ThumbnailFormat::Jpeg, media::ThumbnailFormat::Webp}) {
    const media::Rendered small = render(photo, 64, format);

    ASSERT_EQ(small.verdict, media::RenderVerdict::Picture);
    EXPECT_EQ(factsOf(small.bytes).width, 32);
    EXPECT_EQ(factsOf(small.bytes).height, 64);
    EXPECT_THAT(pixelAt(small.bytes, 0.5, 0.1), isNear({255, 0, 0}));
    EXPECT_THAT(pixelAt(small.bytes, 0.5, 0.9), isNear({0, 0, 255}));
    EXPECT_THAT(factsOf(small.bytes).metadata, IsEmpty());
    EXPECT_THAT(small.bytes, Not(HasSubstr("Exif")));
    EXPECT_THAT(small.bytes, Not(HasSubstr("EXIF")));
    EXPECT_THAT(small.bytes, Not(HasSubstr("a private note")));
  }
}

TEST(Thumbnailer, KeepsTransparencyWhereTheFormatHasIt) {
  const media::Rendered webp =
      render(halfTransparent(200, 200, ".png"), 64, media::ThumbnailFormat::Webp);

  EXPECT_TRUE(factsOf(webp.bytes).hasAlpha);
  EXPECT_THAT(pixelAt(webp.bytes, 0.1, 0.5), isNear({255, 0, 0, 255}));
  EXPECT_EQ(pixelAt(webp.bytes, 0.9, 0.5).back(), 0);
}

TEST(Thumbnailer, PutsWhiteBehindTransparencyInJpeg) {
  const media::Rendered jpeg = render(halfTransparent(200, 200, ".png"));

  EXPECT_FALSE(factsOf(jpeg.bytes).hasAlpha);
  EXPECT_THAT(pixelAt(jpeg.bytes, 0.1, 0.5), isNear({255, 0, 0}));
  EXPECT_THAT(pixelAt(jpeg.bytes, 0.9, 0.5), isNear({255, 255, 255}));
}

TEST(Thumbnailer, ShowsTheFirstFrameOfAnAnimation) {
  for (const char* suffix : {".gif", ".webp"}) {
    const media::Rendered small = render(animation(100, 100, 5, suffix));

    ASSERT_EQ(small.verdict, media::RenderVerdict::Picture) << suffix;
    EXPECT_EQ(factsOf(small.bytes).height, 64) << suffix;
    EXPECT_THAT(pixelAt(small.bytes, 0.5, 0.9), isNear({255, 0, 0})) << suffix;
  }
}

TEST(Thumbnailer, MakesSrgbOfInk) {
  const media::Rendered small = render(cmykJpeg(100, 100));

  ASSERT_EQ(small.verdict, media::RenderVerdict::Picture);
  EXPECT_TRUE(factsOf(small.bytes).isSrgb);
  const auto cyan = pixelAt(small.bytes, 0.5, 0.5);
  EXPECT_LT(cyan[0], 100);
  EXPECT_GT(cyan[2], 150);
}

TEST(Thumbnailer, GoesByAProfileAndLeavesItOut) {
  const std::string file = redAndBlueInP3(100, 100, ".jpg");
  ASSERT_THAT(factsOf(file).metadata, testing::Contains("icc-profile-data"));
  ASSERT_GT(pixelAt(file, 0.1, 0.5)[1], 40);

  for (const auto format : {media::ThumbnailFormat::Jpeg, media::ThumbnailFormat::Webp}) {
    const media::Rendered small = render(file, 64, format);

    EXPECT_THAT(pixelAt(small.bytes, 0.1, 0.5), isNear({255, 0, 0}));
    EXPECT_THAT(factsOf(small.bytes).metadata, IsEmpty());
  }
}

std::string recorded(const std::string& name) {
  std::ifstream file(MEDIADOCK_PICTURES "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct ProfileCase {
  const char* name;
  Colours colours;
  std::string profile;

  friend std::ostream& operator<<(std::ostream& stream, const ProfileCase& row) {
    return stream << row.name;
  }
};

std::string greyProfile() {
  return profileOf(recorded("rgb_gray_profile.jpg"));
}

class WithAProfileThatDoesNotFit : public testing::TestWithParam<ProfileCase> {};

TEST_P(WithAProfileThatDoesNotFit, ShowsWhatItWouldWithoutOne) {
  const auto& [name, colours, profile] = GetParam();
  const std::string file = jpegWithProfile(colours, profile);
  ASSERT_THAT(file, HasSubstr(profile.substr(0, 1000)));
  const media::Rendered without =
      render(jpegWithProfile(colours, ""), 64, media::ThumbnailFormat::Webp);

  const media::Rendered rendered = render(file, 64, media::ThumbnailFormat::Webp);

  ASSERT_EQ(rendered.verdict, media::RenderVerdict::Picture);
  EXPECT_FALSE(factsOf(rendered.bytes).hasAlpha);
  for (const double x : {0.1, 0.9}) {
    EXPECT_THAT(pixelAt(rendered.bytes, x, 0.5), isNear(pixelAt(without.bytes, x, 0.5)));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, WithAProfileThatDoesNotFit,
    testing::Values(ProfileCase{"RgbGrey", Colours::Rgb, greyProfile()},
                    ProfileCase{"RgbInk", Colours::Rgb, knownProfile("cmyk")},
                    ProfileCase{"RgbJunk", Colours::Rgb, "no profile at all"},
                    ProfileCase{"RgbCut", Colours::Rgb, knownProfile("p3").substr(0, 200)},
                    ProfileCase{"GreyRgb", Colours::Grey, knownProfile("srgb")},
                    ProfileCase{"GreyInk", Colours::Grey, knownProfile("cmyk")},
                    ProfileCase{"GreyJunk", Colours::Grey, "no profile at all"},
                    ProfileCase{"InkRgb", Colours::Ink, knownProfile("p3")},
                    ProfileCase{"InkGrey", Colours::Ink, greyProfile()},
                    ProfileCase{"InkJunk", Colours::Ink, "no profile at all"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Thumbnailer, ShowsARecordedPictureWithAProfileOfGrey) {
  for (const auto format : {media::ThumbnailFormat::Jpeg, media::ThumbnailFormat::Webp}) {
    const media::Rendered small = render(recorded("rgb_gray_profile.jpg"), 64, format);

    ASSERT_EQ(small.verdict, media::RenderVerdict::Picture);
    EXPECT_FALSE(factsOf(small.bytes).hasAlpha);
    EXPECT_EQ(factsOf(small.bytes).bands, 3);
    // As Chromium shows it: red above, blue below.
    EXPECT_THAT(pixelAt(small.bytes, 0.5, 0.02), isNear({255, 0, 0}));
    EXPECT_THAT(pixelAt(small.bytes, 0.5, 0.98), isNear({0, 0, 255}));
  }
}

TEST(Thumbnailer, GoesByAProfileOfInk) {
  const media::Rendered with = render(jpegWithProfile(Colours::Ink, knownProfile("cmyk")));

  ASSERT_EQ(with.verdict, media::RenderVerdict::Picture);
  EXPECT_LT(pixelAt(with.bytes, 0.5, 0.5)[0], 100);
  EXPECT_GT(pixelAt(with.bytes, 0.5, 0.5)[2], 150);
}

TEST(Thumbnailer, MakesEightBitsOfSixteen) {
  const media::Rendered small = render(png16(100, 100), 64, media::ThumbnailFormat::Webp);

  ASSERT_EQ(small.verdict, media::RenderVerdict::Picture);
  EXPECT_TRUE(factsOf(small.bytes).is8Bit);
  EXPECT_THAT(pixelAt(small.bytes, 0.1, 0.5), isNear({255, 0, 0}));
}

TEST(Thumbnailer, EnlargesNothing) {
  EXPECT_EQ(factsOf(render(redAndBlue(20, 10, ".png"), 1024).bytes).width, 20);
}

TEST(Thumbnailer, KeepsAPixelOfWhatIsVeryLongOrVeryWide) {
  const PictureFacts wide = factsOf(render(redAndBlue(60'000, 1, ".jpg")).bytes);
  const PictureFacts high = factsOf(render(redAndBlue(2, 60'000, ".png")).bytes);

  EXPECT_EQ(wide.width, 64);
  EXPECT_EQ(wide.height, 1);
  EXPECT_EQ(high.width, 1);
  EXPECT_EQ(high.height, 64);
}

TEST(Thumbnailer, ShowsAPictureWithMoreBehindIt) {
  const std::string file = redAndBlue(40, 30, ".jpg") + std::string(3'000'000, 'x');

  EXPECT_EQ(render(file).verdict, media::RenderVerdict::Picture);
}

TEST(Thumbnailer, RefusesByTheHeadWhatHasTooManyPixels) {
  EXPECT_EQ(render(pngOfSize(50000, 50000)).verdict, media::RenderVerdict::TooMuch);
  EXPECT_EQ(render(gifOfSize(65535, 65535)).verdict, media::RenderVerdict::TooMuch);
}

TEST(Thumbnailer, X40OpensNothingForAnSvgUnderAnotherName) {
  const std::string svg =
      "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"90\" height=\"90\">"
      "<image width=\"90\" height=\"90\" xlink:href=\"file:///etc/passwd\"/></svg>";

  EXPECT_EQ(render(svg).verdict, media::RenderVerdict::NoPicture);
}

struct OtherCase {
  const char* name;
  std::string content;
};

std::string firstHalf(const std::string& file) {
  return file.substr(0, file.size() / 2);
}

std::string withoutLast(const std::string& file, std::size_t bytes) {
  return file.substr(0, file.size() - bytes);
}

std::string jpegWithoutPixels() {
  const std::string file = redAndBlue(400, 300, ".jpg");
  // The marker before them (ITU T.81, SOS).
  return file.substr(0, file.find("\xff\xda"));
}

class CutOff : public testing::TestWithParam<OtherCase> {};

TEST_P(CutOff, ShowsWhatIsThere) {
  const media::Rendered rendered = render(GetParam().content);

  ASSERT_EQ(rendered.verdict, media::RenderVerdict::Picture);
  EXPECT_EQ(factsOf(rendered.bytes).height, 48);
  EXPECT_THAT(pixelAt(rendered.bytes, 0.1, 0.1), isNear({255, 0, 0}));
  EXPECT_THAT(pixelAt(rendered.bytes, 0.9, 0.1), isNear({0, 0, 255}));
}

INSTANTIATE_TEST_SUITE_P(
    Files, CutOff,
    testing::Values(OtherCase{"Jpeg", firstHalf(noisyRedAndBlue(400, 300, ".jpg"))},
                    OtherCase{"ProgressiveJpeg",
                              firstHalf(noisyRedAndBlue(400, 300, ".jpg[interlace]"))},
                    OtherCase{"Png", firstHalf(noisyRedAndBlue(400, 300, ".png"))},
                    OtherCase{"Gif", firstHalf(noisyRedAndBlue(400, 300, ".gif"))}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Thumbnailer, LeavesWhatIsMissingOfAPngWhite) {
  const std::string file = noisyRedAndBlue(1500, 1000, ".png");

  for (const auto format : {media::ThumbnailFormat::Jpeg, media::ThumbnailFormat::Webp}) {
    const media::Rendered small = render(firstHalf(file), 64, format);

    EXPECT_THAT(pixelAt(small.bytes, 0.1, 0.4), isNear({255, 0, 0}));
    for (const double y : {0.6, 0.8, 1.0}) {
      EXPECT_THAT(pixelAt(small.bytes, 0.1, y), isNear({255, 255, 255})) << y;
    }
  }
}

struct EndCase {
  const char* suffix;
  /// Bytes at the end that hold no pixel.
  std::size_t bytes;
};

class WithoutItsEnd : public testing::TestWithParam<EndCase> {};

TEST_P(WithoutItsEnd, IsWhole) {
  const std::string file = redAndBlue(400, 300, GetParam().suffix);

  const media::Rendered rendered = render(withoutLast(file, GetParam().bytes));

  ASSERT_EQ(rendered.verdict, media::RenderVerdict::Picture);
  EXPECT_EQ(rendered.bytes, render(file).bytes);
}

INSTANTIATE_TEST_SUITE_P(Files, WithoutItsEnd,
                         testing::Values(EndCase{".jpg", 2}, EndCase{".jpg", 1},
                                         EndCase{".jpg[interlace]", 2}, EndCase{".png", 12},
                                         EndCase{".png[interlace]", 12}, EndCase{".gif", 1}));

TEST(Thumbnailer, ShowsARecordedJpegWithoutItsEnd) {
  const std::string file = recorded("no_eoi.jpg");

  const media::Rendered rendered = render(file);

  ASSERT_EQ(rendered.verdict, media::RenderVerdict::Picture);
  EXPECT_EQ(rendered.bytes, render(file + "\xff\xd9").bytes);
}

class NoPicture : public testing::TestWithParam<OtherCase> {};

TEST_P(NoPicture, IsTold) {
  const media::Rendered rendered = render(GetParam().content);

  EXPECT_EQ(rendered.verdict, media::RenderVerdict::NoPicture);
  EXPECT_THAT(rendered.bytes, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Files, NoPicture,
    testing::Values(OtherCase{"Empty", ""}, OtherCase{"Text", "Just words.\n"},
                    OtherCase{"Tiff", redAndBlue(40, 30, ".tif")},
                    OtherCase{"Ppm", "P3\n1 1\n255\n255 0 0\n"},
                    OtherCase{"Pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"},
                    OtherCase{"JpegWithoutPixels", jpegWithoutPixels()},
                    // libvips has these decoded as a whole or not at all.
                    OtherCase{"CutWebp", firstHalf(noisyRedAndBlue(400, 300, ".webp"))},
                    OtherCase{"CutHeic", firstHalf(noisyRedAndBlue(400, 300, ".heic"))},
                    OtherCase{"CutAvif", firstHalf(noisyRedAndBlue(400, 300, ".avif"))},
                    OtherCase{"CutInterlacedPng",
                              firstHalf(noisyRedAndBlue(400, 300, ".png[interlace]"))},
                    OtherCase{"HeadOfAJpeg", "\xff\xd8\xff\xe0 no more of it"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock::thumbnailer
