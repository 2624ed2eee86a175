#include "media/thumbnails/picture_size.h"

#include <cstddef>

namespace mediadock::media {
namespace {

using namespace std::string_view_literals;

constexpr unsigned kByteBits = 8;

/// \pre `bytes` has at least `count` bytes from `at`.
std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    number = number << kByteBits | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = count; i > 0; --i) {
    number = number << kByteBits | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return number;
}

/// SOF0 to SOF15, except DHT, JPG and DAC, which lie in the same range.
bool isFrame(unsigned char marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<PictureSize> sizeOfJpeg(std::string_view rest) noexcept {
  constexpr auto kStart = "\xff\xd8"sv;
  constexpr std::size_t kMarker = 2;
  constexpr std::size_t kLength = 2;
  constexpr std::size_t kHeight = 5;
  constexpr std::size_t kWidth = 7;
  if (!rest.starts_with(kStart)) {
    return std::nullopt;
  }
  rest.remove_prefix(kStart.size());
  while (rest.size() >= kWidth + 2 && rest[0] == '\xff') {
    if (isFrame(static_cast<unsigned char>(rest[1]))) {
      return PictureSize{.width = bigEndian(rest, kWidth, 2),
                         .height = bigEndian(rest, kHeight, 2)};
    }
    const std::size_t length = kMarker + bigEndian(rest, kMarker, 2);
    if (length < kMarker + kLength || length > rest.size()) {
      break;
    }
    rest.remove_prefix(length);
  }
  return std::nullopt;
}

/// From the first chunk, which holds the canvas or the only frame.
std::optional<PictureSize> sizeOfWebp(std::string_view file) noexcept {
  constexpr std::size_t kLeast = 30;
  constexpr std::size_t kContent = 20;
  if (file.size() < kLeast || !file.starts_with("RIFF"sv) || file.substr(8, 4) != "WEBP"sv) {
    return std::nullopt;
  }
  const std::string_view chunk = file.substr(12, 4);
  if (chunk == "VP8X"sv) {
    return PictureSize{.width = littleEndian(file, kContent + 4, 3) + 1,
                       .height = littleEndian(file, kContent + 7, 3) + 1};
  }
  constexpr std::uint32_t kFourteenBits = 0x3fff;
  if (chunk == "VP8L"sv && file[kContent] == '\x2f') {
    const std::uint32_t bits = littleEndian(file, kContent + 1, 4);
    return PictureSize{.width = (bits & kFourteenBits) + 1,
                       .height = (bits >> 14U & kFourteenBits) + 1};
  }
  if (chunk == "VP8 "sv && file.substr(kContent + 3, 3) == "\x9d\x01\x2a"sv) {
    return PictureSize{.width = littleEndian(file, kContent + 6, 2) & kFourteenBits,
                       .height = littleEndian(file, kContent + 8, 2) & kFourteenBits};
  }
  return std::nullopt;
}

}  // namespace

std::optional<PictureSize> pictureSizeOf(std::string_view file, ThumbnailFormat format) noexcept {
  return format == ThumbnailFormat::Jpeg ? sizeOfJpeg(file) : sizeOfWebp(file);
}

}  // namespace mediadock::media
