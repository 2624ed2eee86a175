#pragma once

/// \file
/// What a Nextcloud says of itself under `/ocs/v2.php/cloud/capabilities`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// What the server does not tell is nothing; an empty list is a list.
struct ServerCapabilities {
  std::string version;
  std::optional<std::uint64_t> maxChunkBytes;
  std::optional<std::uint64_t> maxParallelChunks;
  std::optional<std::vector<std::string>> forbiddenNames;
  std::optional<std::vector<std::string>> forbiddenBasenames;
  std::optional<std::vector<std::string>> forbiddenCharacters;
  std::optional<std::vector<std::string>> forbiddenExtensions;
  bool isWindowsCompatible = false;
};

/// Nothing where `json` is no answer of that kind. A field of another type counts as not told.
std::optional<ServerCapabilities> parseServerCapabilities(const std::string& json);

}  // namespace mediadock
