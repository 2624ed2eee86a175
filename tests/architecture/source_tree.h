#pragma once

/// \file
/// The source files of a checkout, and what can be said of them without knowing our folders.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mediadock {

/// The source files of core, plugins and host below `tree`, sorted, relative to it.
std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& tree);

/// The text of a file.
std::string readSource(const std::filesystem::path& file);

/// One sentence for each source file below `tree` with more than `maxLines` lines.
std::vector<std::string> findLongFiles(const std::filesystem::path& tree, std::size_t maxLines);

/// One sentence for each folder below `tree` that holds more than `maxUnits` units: a header and
/// the source of the same name are one.
std::vector<std::string> findCrowdedFolders(const std::filesystem::path& tree,
                                            std::size_t maxUnits);

/// The circles of folders that include each other, each as `a -> b -> a` and once.
std::vector<std::string> findFolderCircles(const std::filesystem::path& tree);

/// One sentence for each file of `host/http` below `tree` that makes a path of text by itself:
/// what a request names has to be held against what its caller reaches.
std::vector<std::string> findUncheckedPaths(const std::filesystem::path& tree);

}  // namespace mediadock
