#pragma once

/// \file
/// The interface between host and thumbnailer.
///
/// `mediadock-thumbnailer SIZE jpeg|webp` reads a file from its standard input and writes a picture
/// of it, at most SIZE pixels wide and high, to its standard output. The exit status is the result;
/// if it is not 0, nothing was written.

namespace mediadock::thumbnailer {

enum class ThumbnailerExit : int {
  Done = 0,
  /// The file is not of a supported picture format.
  NoPicture = 10,
  /// It begins as a picture but cannot be decoded.
  BrokenPicture = 11,
  /// It exceeds the limits on pixels, memory or time.
  OverLimits = 12,
  Usage = 64,
  /// An error of the program or its environment.
  Failed = 70,
};

}  // namespace mediadock::thumbnailer
