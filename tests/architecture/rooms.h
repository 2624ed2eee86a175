#pragma once

/// \file
/// The folders of the source tree, and what each may include: docs/architecture.md in full.

#include <string>
#include <vector>

namespace mediadock {

struct Room {
  /// A folder; or one file, which may include this beside what its folder may. `plugins` is any
  /// folder of a plugin without a row of its own.
  std::string folder;
  /// Folders beside itself, or single headers, as includes spell them.
  std::vector<std::string> ours;
  /// Headers of libraries, or folders of them with a slash behind.
  std::vector<std::string> theirs;
};

/// Each folder once, from the floor up: what a row names is in a row above it.
const std::vector<Room>& rooms();

/// The system's headers, which all but the core may include.
const std::vector<std::string>& systemHeaders();

}  // namespace mediadock
