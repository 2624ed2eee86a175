#pragma once

/// \file
/// The token of a suspended write.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::localdisk {

struct WriteToken {
  /// A suspended file in the folder for temporary files.
  std::string file;
  /// Number of bytes of the file that count.
  std::uint64_t offset = 0;
};

std::string makeWriteToken(const WriteToken& token);

/// Returns nullopt for a text that is not a valid token. The file name cannot lead out of the
/// folder.
std::optional<WriteToken> parseWriteToken(std::string_view text);

}  // namespace mediadock::localdisk
