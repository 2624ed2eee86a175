#pragma once

/// \file
/// The dimensions of a picture according to its header.

#include "media/thumbnails/thumbnail_type.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace mediadock::media {

struct PictureSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;

  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

/// Reads the header of a JPEG (ITU T.81 annex B.2.2) or WebP file (RFC 9649 §2) without decoding
/// it. Returns nullopt if the file does not begin as one of this format.
std::optional<PictureSize> pictureSizeOf(std::string_view file, ThumbnailFormat format) noexcept;

}  // namespace mediadock::media
