#include "media/thumbnail_type.h"

#include "media/media_type_name.h"

#include <algorithm>

namespace mediadock {
namespace {

constexpr std::array<std::string_view, 7> kTypes{
    "image/avif", "image/gif", "image/heic", "image/heif", "image/jpeg", "image/png", "image/webp"};

}  // namespace

std::string_view mimeTypeOf(ThumbnailFormat format) noexcept {
  return format == ThumbnailFormat::Jpeg ? "image/jpeg" : "image/webp";
}

bool hasThumbnails(std::string_view type) {
  return std::find(kTypes.begin(), kTypes.end(), canonicalMediaType(type)) != kTypes.end();
}

}  // namespace mediadock
