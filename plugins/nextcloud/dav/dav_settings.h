#pragma once

/// \file
/// Which files tree of a server to use, and how.

#include "http/connection_settings.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mediadock {

/// `password` is the app password where one is set.
struct DavSettings : ConnectionSettings {
  /// The url's path, split and decoded once.
  std::vector<std::string> rootSegments;
  /// The folder below it to keep to.
  StoragePath basePath;
  /// Larger files go up in chunks of this size; no upload takes more memory.
  std::size_t chunkBytes = 10485760;
};

}  // namespace mediadock
