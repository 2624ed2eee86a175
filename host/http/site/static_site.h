#pragma once

/// \file
/// The files that are served as they are: the page at `/`, and the description of the API.

#include "mediadock/etag.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// The file that is served at `/` as well.
inline constexpr std::string_view kIndexName = "index.html";

struct StaticFile {
  /// Of the target, with the slash in front: `/assets/app-1a2b.js`.
  std::string path;
  std::string contentType;
  std::string bytes;
  ETag etag;
  /// Long enough, and not packed in itself, as pictures and fonts are.
  bool isWorthPacking = false;
  /// Its name changes with its bytes.
  bool isImmutable = false;
};

StaticFile makeStaticFile(std::string path, std::string contentType, std::string bytes);

/// Reads all files below `root`, which is then not looked at again: what is served stays of one
/// piece while the page is built anew, and no request names a file. Left out are links, what is
/// neither file nor folder, and names that begin with a dot.
/// \throws StorageError `ConfigInvalid` where it cannot be read, has no `index.html`, or is larger
///   than may be kept in memory.
std::vector<StaticFile> readStaticSite(const std::filesystem::path& root);

/// docs/openapi.json, as it was when the host was built.
std::string_view apiDescription() noexcept;

}  // namespace mediadock
