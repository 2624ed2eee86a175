#include "support/pictures.h"

#include <vips/vips8>

#include <cstring>
#include <stdexcept>
#include <zlib.h>

namespace mediadock {
namespace {

using vips::VImage;
using vips::VOption;

void startVips() {
  static const bool kIsStarted = vips_init("tests") == 0;
  if (!kIsStarted) {
    throw std::runtime_error("libvips does not start");
  }
}

VImage colour(int width, int height, const Colour& values) {
  startVips();
  return VImage::black(width, height)
      .new_from_image({values[0], values[1], values[2]})
      .cast(VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

VImage halves(int width, int height) {
  return colour(width / 2, height, kRed)
      .join(colour(width - width / 2, height, kBlue), VIPS_DIRECTION_HORIZONTAL);
}

VImage cyanInk(int width, int height) {
  startVips();
  return VImage::black(width, height)
      .new_from_image({255, 0, 0, 0})
      .cast(VIPS_FORMAT_UCHAR)
      .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_CMYK));
}

VImage middleGrey(int width, int height) {
  startVips();
  return (VImage::black(width, height) + 128).cast(VIPS_FORMAT_UCHAR);
}

std::string encode(const VImage& image, const std::string& suffix) {
  void* bytes = nullptr;
  std::size_t length = 0;
  image.write_to_buffer(suffix.c_str(), &bytes, &length);
  std::string text(static_cast<const char*>(bytes), length);
  g_free(bytes);
  return text;
}

VImage decode(const std::string& picture) {
  startVips();
  try {
    return VImage::new_from_buffer(picture.data(), picture.size(), "");
  } catch (const vips::VError& error) {
    throw std::runtime_error(error.what());
  }
}

std::string bigEndian(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U),
          static_cast<char>(number >> 8U), static_cast<char>(number)};
}

std::string pngChunk(const std::string& typeAndData) {
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(typeAndData.data()),
                           static_cast<uInt>(typeAndData.size()));
  return bigEndian(static_cast<std::uint32_t>(typeAndData.size() - 4)) + typeAndData +
         bigEndian(static_cast<std::uint32_t>(sum));
}

std::string pngWithHead(const std::string& head) {
  using namespace std::string_literals;
  return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR" + head) +
         pngChunk("IDAT\x78\xda\x03\x00\x00\x00\x00\x01"s) + pngChunk("IEND");
}

std::string littleEndian(std::uint16_t number) {
  return {static_cast<char>(number), static_cast<char>(number >> 8U)};
}

}  // namespace

std::string redAndBlue(int width, int height, const std::string& suffix) {
  return encode(halves(width, height), suffix);
}

std::string noisyRedAndBlue(int width, int height, const std::string& suffix) {
  startVips();
  const VImage noise = VImage::gaussnoise(width, height, VImage::option()->set("sigma", 8)) - 128;
  const VImage image = (halves(width, height) + noise).cast(VIPS_FORMAT_UCHAR);
  return encode(image.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)),
                suffix);
}

std::string photoOnItsSide(int width, int height) {
  VImage image = halves(width, height).copy();
  image.set("orientation", 6);
  image.set("exif-ifd0-Orientation", "6");
  image.set("exif-ifd0-ImageDescription", "a private note");
  image.set("exif-ifd3-GPSLatitudeRef", "N");
  image.set("exif-ifd3-GPSLatitude", "37/1 58/1 0/1");
  return encode(image, ".jpg");
}

std::string halfTransparent(int width, int height, const std::string& suffix) {
  const VImage opaque = VImage::black(width / 2, height) + 255;
  const VImage alpha =
      opaque.join(VImage::black(width - width / 2, height), VIPS_DIRECTION_HORIZONTAL);
  return encode(colour(width, height, kRed).bandjoin(alpha.cast(VIPS_FORMAT_UCHAR)), suffix);
}

std::string animation(int width, int height, int frames, const std::string& suffix) {
  VImage strip = colour(width, height, kRed);
  strip = strip.join(colour(width, height * (frames - 1), kBlue), VIPS_DIRECTION_VERTICAL).copy();
  strip.set("page-height", height);
  return encode(strip, suffix);
}

std::string redAndBlueInP3(int width, int height, const std::string& suffix) {
  const auto options = VImage::option()->set("input_profile", "srgb");
  return encode(halves(width, height).icc_transform("p3", options), suffix);
}

std::string cmykJpeg(int width, int height) {
  return encode(cyanInk(width, height), ".jpg");
}

std::string jpegWithProfile(Colours colours, const std::string& profile) {
  constexpr int kSize = 100;
  // libvips writes none that does not fit. ICC.1:2010 annex B.4: in pieces, numbered from 1.
  constexpr std::size_t kPiece = 65'519;
  const std::size_t pieces = (profile.size() + kPiece - 1) / kPiece;
  std::string segments;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::string content = std::string("ICC_PROFILE\0", 12) + static_cast<char>(i + 1) +
                                static_cast<char>(pieces) + profile.substr(i * kPiece, kPiece);
    const auto length = static_cast<std::uint16_t>(content.size() + 2);
    segments += "\xff\xe2";
    segments += {static_cast<char>(length >> 8U), static_cast<char>(length)};
    segments += content;
  }
  const VImage image = colours == Colours::Rgb   ? halves(kSize, kSize)
                       : colours == Colours::Ink ? cyanInk(kSize, kSize)
                                                 : middleGrey(kSize, kSize);
  constexpr std::size_t kBehindStartOfImage = 2;
  return encode(image, ".jpg").insert(kBehindStartOfImage, segments);
}

std::string profileOf(const std::string& picture) {
  const VImage image = decode(picture);
  std::size_t length = 0;
  const void* const bytes = image.get_blob(VIPS_META_ICC_NAME, &length);
  return {static_cast<const char*>(bytes), length};
}

std::string knownProfile(const std::string& name) {
  startVips();
  VipsBlob* profile = nullptr;
  if (vips_profile_load(name.c_str(), &profile, nullptr) != 0) {
    throw std::runtime_error(vips_error_buffer());
  }
  std::size_t length = 0;
  const void* const bytes = vips_blob_get(profile, &length);
  std::string text(static_cast<const char*>(bytes), length);
  vips_area_unref(VIPS_AREA(profile));
  return text;
}

std::string png16(int width, int height) {
  return encode(halves(width, height).colourspace(VIPS_INTERPRETATION_RGB16), ".png");
}

std::string pngOfSize(std::uint32_t width, std::uint32_t height) {
  using namespace std::string_literals;
  // Eight bits, RGB.
  return pngWithHead(bigEndian(width) + bigEndian(height) + "\x08\x02\x00\x00\x00"s);
}

std::string interlacedPngOfSize(std::uint32_t width, std::uint32_t height) {
  using namespace std::string_literals;
  // Sixteen bits, RGB and alpha, by Adam7.
  return pngWithHead(bigEndian(width) + bigEndian(height) + "\x10\x06\x00\x00\x01"s);
}

std::string gifOfSize(std::uint16_t width, std::uint16_t height) {
  using namespace std::string_literals;
  return "GIF89a" + littleEndian(width) + littleEndian(height) + "\x80\x00\x00"s +
         "\xff\x00\x00\x00\x00\xff"s + ",\x00\x00\x00\x00"s + littleEndian(width) +
         littleEndian(height) + "\x00\x02\x02\x44\x01\x00;"s;
}

PictureFacts factsOf(const std::string& picture) {
  const VImage image = decode(picture);
  PictureFacts facts{.loader = image.get_string(VIPS_META_LOADER),
                     .width = image.width(),
                     .height = image.height(),
                     .bands = image.bands(),
                     .is8Bit = image.format() == VIPS_FORMAT_UCHAR,
                     .isSrgb = image.interpretation() == VIPS_INTERPRETATION_sRGB,
                     .hasAlpha = image.has_alpha()};
  for (const char* name : {VIPS_META_EXIF_NAME, VIPS_META_XMP_NAME, VIPS_META_IPTC_NAME,
                           VIPS_META_ICC_NAME, VIPS_META_ORIENTATION}) {
    if (image.get_typeof(name) != 0) {
      facts.metadata.emplace_back(name);
    }
  }
  return facts;
}

std::vector<double> pixelAt(const std::string& picture, double x, double y) {
  const VImage image = decode(picture);
  return image.getpoint(static_cast<int>(x * (image.width() - 1)),
                        static_cast<int>(y * (image.height() - 1)));
}

}  // namespace mediadock

/// For LeakSanitizer: the encoder of HEIC pictures keeps some bytes after its last one.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" [[gnu::visibility("default")]] const char* __lsan_default_suppressions() {
  return "leak:libx265.so";
}
