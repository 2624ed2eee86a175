#pragma once

/// \file
/// The namespace of each source file.

#include <filesystem>
#include <string>
#include <vector>

namespace mediadock {

/// One sentence for each block in a source file below `tree` that opens another namespace than the
/// one of its room. A block that only declares types of another room, to include less, is none.
std::vector<std::string> findForeignNamespaces(const std::filesystem::path& tree);

}  // namespace mediadock
