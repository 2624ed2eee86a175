#pragma once

/// \file
/// What host and thumbnailer agree on.
///
/// `mediadock-thumbnailer SIZE jpeg|webp` reads a file from its standard input and writes a picture
/// of it, at most SIZE pixels wide and high, to its standard output. How that went, the exit status
/// tells; of a status other than 0 nothing was written.

namespace mediadock {

enum class ThumbnailerExit : int {
  Done = 0,
  /// It is nothing that is made pictures of.
  NoPicture = 10,
  /// It begins as a picture and is none.
  BrokenPicture = 11,
  /// It would take more pixels, memory or time than it may have.
  OverLimits = 12,
  Usage = 64,
  /// A fault of the program or its surroundings.
  Failed = 70,
};

}  // namespace mediadock
