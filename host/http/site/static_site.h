#pragma once

/// \file
/// Loads static files: the page at `/`, and the API description.

#include "mediadock/etag.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// The file that is also served at `/`.
inline constexpr std::string_view kIndexName = "index.html";

struct StaticFile {
  /// The request path, with its leading slash: `/assets/app-1a2b.js`.
  std::string path;
  std::string contentType;
  std::string bytes;
  ETag etag;
  /// Long enough, and not already compressed, as images and fonts are.
  bool isWorthPacking = false;
  /// Its name changes with its bytes.
  bool isImmutable = false;
};

StaticFile makeStaticFile(std::string path, std::string contentType, std::string bytes);

/// Reads all files below `root` into memory, once: the site stays consistent while the page is
/// rebuilt, and no request can name a path on disk. Skips symbolic links, special files, and names
/// that begin with a dot.
/// \throws StorageError `ConfigInvalid` if it cannot be read, has no `index.html`, or exceeds the
///   size limit.
std::vector<StaticFile> readStaticSite(const std::filesystem::path& root);

/// The contents of docs/openapi.json at build time.
std::string_view apiDescription() noexcept;

}  // namespace mediadock::http
