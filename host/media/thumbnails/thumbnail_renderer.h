#pragma once

/// \file
/// Runs the thumbnailer program for the host.

#include "media/thumbnails/thumbnail_type.h"
#include "mediadock/call_context.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace mediadock::media {

enum class RenderVerdict {
  Picture,
  /// The file holds nothing that can be shown.
  NoPicture,
  /// It exceeds the limits for a picture, or crashes the decoder.
  TooMuch,
};

/// Deterministic: the same file gives the same result.
struct Rendered {
  RenderVerdict verdict = RenderVerdict::NoPicture;
  /// The encoded picture.
  std::string bytes;
};

/// No thumbnail is made of a larger file.
inline constexpr std::uint64_t kMaxThumbnailSourceBytes = std::uint64_t{256} << 20U;

/// Runs `mediadock-thumbnailer` (host/thumbnailer), one process for each picture, which gets the
/// bytes of one file and nothing else. All calls may run concurrently.
class ThumbnailRenderer {
 public:
  /// A source with more than `maxSourceBytes` is `TooMuch`, unless the picture ends before that.
  ThumbnailRenderer(std::filesystem::path program, std::uint64_t maxSourceBytes)
      : program_(std::move(program)),
        maxSourceBytes_(maxSourceBytes) {}

  /// Streams `source` through the thumbnailer. The result is checked to be a picture of the format,
  /// no larger than requested.
  /// \throws StorageError `Unavailable` if it cannot be run or was killed from outside, `Timeout`
  ///   at the context's deadline, `Cancelled`; otherwise what `source` throws.
  Rendered render(IReadStream& source, std::uint32_t size, ThumbnailFormat format,
                  const CallContext& context) const;

 private:
  const std::filesystem::path program_;
  const std::uint64_t maxSourceBytes_;
};

}  // namespace mediadock::media
