#pragma once

/// \file
/// What a Nextcloud reports under `/ocs/v2.php/cloud/capabilities`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

/// Absent if the server does not report it; an empty list is a value.
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

/// Returns nullopt if `json` is not such a response. A field of another type counts as absent.
std::optional<ServerCapabilities> parseServerCapabilities(const std::string& json);

}  // namespace mediadock::nextcloud
