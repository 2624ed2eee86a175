#pragma once

/// \file
/// The thumbnailer as the host uses it.

#include "media/thumbnail_type.h"
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

/// Runs `mediadock-thumbnailer` (host/thumbnailer), one process for each picture, which is given
/// the bytes of a file and nothing else. All calls may run concurrently.
class ThumbnailRenderer {
 public:
  explicit ThumbnailRenderer(std::filesystem::path program) : program_(std::move(program)) {}

  /// Streams `source` through the thumbnailer.
  /// \throws StorageError `Unavailable` where it cannot be run or was ended from outside, `Timeout`
  ///   at the context's deadline, `Cancelled`; else what `source` throws.
  Rendered render(IReadStream& source, std::uint32_t size, ThumbnailFormat format,
                  const CallContext& context) const;

 private:
  const std::filesystem::path program_;
};

}  // namespace mediadock
