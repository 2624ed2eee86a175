#pragma once

/// \file
/// The files and folders that the documentation names.

#include <filesystem>
#include <string>
#include <vector>

namespace mediadock {

/// One sentence for each path in backticks, in the README and the pages of `docs` below `tree`,
/// that begins with a folder of sources and leads nowhere. A unit may be named without its ending.
/// Decision records are of their time and not read.
std::vector<std::string> findDeadPaths(const std::filesystem::path& tree);

}  // namespace mediadock
