#pragma once

/// \file
/// The thumbnailer as the host uses it.

#include "media/thumbnails/thumbnail_type.h"
#include "mediadock/call_context.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace mediadock {

enum class RenderVerdict {
  Picture,
  /// There is nothing in the file that could be shown.
  NoPicture,
  /// It would take more than a picture may, or takes the decoder down.
  TooMuch,
};

/// The same file gives the same again.
struct Rendered {
  RenderVerdict verdict = RenderVerdict::NoPicture;
  /// The file of a picture.
  std::string bytes;
};

/// Of a larger file no picture is made.
inline constexpr std::uint64_t kMaxThumbnailSourceBytes = std::uint64_t{256} << 20U;

/// Runs `mediadock-thumbnailer` (host/thumbnailer), one process for each picture, which is given
/// the bytes of a file and nothing else. All calls may run concurrently.
class ThumbnailRenderer {
 public:
  /// Of a source with more than `maxSourceBytes` the verdict is `TooMuch`, as far as the picture
  /// does not end before that.
  ThumbnailRenderer(std::filesystem::path program, std::uint64_t maxSourceBytes)
      : program_(std::move(program)),
        maxSourceBytes_(maxSourceBytes) {}

  /// Streams `source` through the thumbnailer. What comes back is a picture of the format, and no
  /// larger than asked.
  /// \throws StorageError `Unavailable` where it cannot be run or was ended from outside, `Timeout`
  ///   at the context's deadline, `Cancelled`; else what `source` throws.
  Rendered render(IReadStream& source, std::uint32_t size, ThumbnailFormat format,
                  const CallContext& context) const;

 private:
  const std::filesystem::path program_;
  const std::uint64_t maxSourceBytes_;
};

}  // namespace mediadock
