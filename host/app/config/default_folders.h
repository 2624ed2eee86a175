#pragma once

/// \file
/// Default locations of the host's parts: first the build tree of the executable, then the
/// configured installation prefix.

#include <filesystem>
#include <vector>

namespace mediadock::app {

/// The folders to search for plugins: both of them.
std::vector<std::filesystem::path> defaultPluginPath();

/// The folder of the built Media tab; empty if it is in neither.
std::filesystem::path defaultStaticRoot();

/// The thumbnailer program; empty if it is in neither.
std::filesystem::path findThumbnailer();

}  // namespace mediadock::app
