#pragma once

/// \file
/// Who may include what: the table of docs/architecture.md, as something to hold a tree against.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// The targets of the `#include` lines in a source text, as written between the quotes or angles.
std::vector<std::string> includesOf(std::string_view source);

/// Why the file at `path` (relative to the source tree, `/`-separated) may not include `target`;
/// empty where it may, or where the file is in no folder that has rules.
std::string includeProblem(const std::string& path, const std::string& target);

/// One sentence for each include below `tree` that breaks a rule.
std::vector<std::string> findIncludeProblems(const std::filesystem::path& tree);

/// One sentence for each source file below `tree` with more than `maxLines` lines.
std::vector<std::string> findLongFiles(const std::filesystem::path& tree, std::size_t maxLines);

/// One sentence for each file of `host/http` below `tree` that makes a path of text by itself:
/// what a request names has to be held against what its caller reaches.
std::vector<std::string> findUncheckedPaths(const std::filesystem::path& tree);

/// The source files of core, plugins and host below `tree`, sorted, relative to it.
std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& tree);

}  // namespace mediadock
