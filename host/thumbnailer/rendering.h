#pragma once

/// \file
/// Renders a small picture of a file.

#include "thumbnailer/exit_status.h"

#include <stdexcept>
#include <string>

namespace mediadock::thumbnailer {

enum class PictureFormat { Jpeg, Webp };

/// Why there is no picture.
class RenderingError : public std::runtime_error {
 public:
  RenderingError(ThumbnailerExit exit, const std::string& reason)
      : std::runtime_error(reason),
        exit_(exit) {}

  ThumbnailerExit exit() const noexcept { return exit_; }

 private:
  ThumbnailerExit exit_;
};

/// Reads a file from `descriptor`, to its end or until it is found to be unsupported, and returns
/// its first picture in at most `size` by `size` pixels: upright, in sRGB, without metadata, never
/// enlarged. JPEG has no transparency; the background is white.
/// \throws RenderingError
std::string renderThumbnail(int descriptor, int size, PictureFormat format);

}  // namespace mediadock::thumbnailer
