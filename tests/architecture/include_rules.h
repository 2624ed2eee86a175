#pragma once

/// \file
/// Who may include what (docs/architecture.md): a source tree held against the table of `rooms`.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// What the `#include` lines of a source text name, with the quotes or angles around it.
std::vector<std::string> includesOf(std::string_view source);

/// Why the file at `path` (relative to the source tree, `/`-separated) may not include `target`
/// (with its quotes or angles); empty where it may.
std::string includeProblem(const std::string& path, const std::string& target);

/// One sentence for each include below `tree` that the table does not allow, and for each folder
/// that has no row in it.
std::vector<std::string> findIncludeProblems(const std::filesystem::path& tree);

}  // namespace mediadock
