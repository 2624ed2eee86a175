#pragma once

/// \file
/// What a suspended write is known by.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

struct WriteToken {
  /// A kept file in the folder for temporary files.
  std::string file;
  /// How much of the file counts.
  std::uint64_t offset = 0;
};

std::string makeWriteToken(const WriteToken& token);

/// Nothing for a text that cannot be one of ours: its file name has no way out of the folder.
std::optional<WriteToken> parseWriteToken(std::string_view text);

}  // namespace mediadock
