#pragma once

/// \file
/// For pages of the documentation that name tests.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace mediadock {

std::string readWhole(const std::filesystem::path& file);

/// The captured groups of each match, joined by a dot.
std::vector<std::string> findAll(const std::string& text, const std::string& pattern);

/// `Suite.Name` of every test below `folder`.
std::set<std::string> testsIn(const std::filesystem::path& folder);

}  // namespace mediadock
