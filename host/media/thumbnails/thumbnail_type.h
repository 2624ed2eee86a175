#pragma once

/// \file
/// What thumbnails there are, and of what.

#include <array>
#include <cstdint>
#include <string_view>

namespace mediadock {

enum class ThumbnailFormat : std::uint8_t { Jpeg, Webp };

/// Its media type.
std::string_view mimeTypeOf(ThumbnailFormat format) noexcept;

/// The lengths in pixels that the longer side may have.
inline constexpr std::array<std::uint32_t, 5> kThumbnailSizes{64, 128, 256, 512, 1024};

/// Whether thumbnails are made of files of this type, in any spelling: JPEG, PNG, WebP, GIF, HEIF
/// and AVIF. Whether one can be made of a file, its bytes tell.
bool hasThumbnails(std::string_view type);

}  // namespace mediadock
