#pragma once

/// \file
/// Where the parts of the host are looked for that the configuration does not name: in the build
/// tree of the executable, then below the prefix that it was configured for.

#include <filesystem>
#include <vector>

namespace mediadock {

/// The folders to search for plugins, both of them.
std::vector<std::filesystem::path> defaultPluginPath();

/// The folder of the built Media tab; empty where it is in neither.
std::filesystem::path defaultStaticRoot();

/// The program that makes thumbnails; empty where it is in neither.
std::filesystem::path findThumbnailer();

}  // namespace mediadock
