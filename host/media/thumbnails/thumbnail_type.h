#pragma once

/// \file
/// The formats and sizes of thumbnails, and the file types that have them.

#include <array>
#include <cstdint>
#include <string_view>

namespace mediadock::media {

enum class ThumbnailFormat : std::uint8_t { Jpeg, Webp };

/// Its media type.
std::string_view mimeTypeOf(ThumbnailFormat format) noexcept;

/// Allowed lengths of the longer side, in pixels.
inline constexpr std::array<std::uint32_t, 5> kThumbnailSizes{64, 128, 256, 512, 1024};

/// Whether thumbnails are made of files of this type, in any spelling: JPEG, PNG, WebP, GIF, HEIF
/// and AVIF. Whether a particular file can be rendered depends on its content.
bool hasThumbnails(std::string_view type);

}  // namespace mediadock::media
