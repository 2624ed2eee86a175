#include "media/thumbnails/thumbnail_type.h"

#include "media/types/media_type_name.h"

#include <algorithm>

namespace mediadock::media {
namespace {

constexpr std::array<std::string_view, 7> kPictureTypes{
    "image/avif", "image/gif", "image/heic", "image/heif", "image/jpeg", "image/png", "image/webp"};

}  // namespace

std::string_view mimeTypeOf(ThumbnailFormat format) noexcept {
  return format == ThumbnailFormat::Jpeg ? "image/jpeg" : "image/webp";
}

bool hasThumbnails(std::string_view type) {
  return std::find(kPictureTypes.begin(), kPictureTypes.end(), canonicalMediaType(type)) !=
         kPictureTypes.end();
}

}  // namespace mediadock::media
