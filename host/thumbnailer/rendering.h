#pragma once

/// \file
/// From a file to a small picture of it.

#include "thumbnailer/exit_status.h"

#include <stdexcept>
#include <string>

namespace mediadock {

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

/// Reads a file from `descriptor`, to its end or until it is known to be none of ours, and gives
/// its first picture in at most `size` by `size` pixels: upright, in sRGB, without any metadata,
/// never enlarged. Where JPEG has to do without transparency, white is behind it. \throws
/// RenderingError
std::string renderThumbnail(int descriptor, int size, PictureFormat format);

}  // namespace mediadock
