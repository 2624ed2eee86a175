#pragma once

/// \file
/// Makes files for the tests of this folder.

#include <filesystem>
#include <fstream>
#include <string_view>

namespace mediadock::app {

inline std::filesystem::path writeFile(const std::filesystem::path& file, std::string_view text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  return file;
}

}  // namespace mediadock::app
