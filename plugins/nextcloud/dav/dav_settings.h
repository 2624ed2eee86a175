#pragma once

/// \file
/// Which file tree of a server to use, and how.

#include "http/connection_settings.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

/// `password` is the app password if one is set.
struct DavSettings : http_client::ConnectionSettings {
  /// The path of `url`, split and decoded once.
  std::vector<std::string> rootSegments;
  /// The folder below the URL that is the provider's root.
  StoragePath basePath;
  /// Larger files are uploaded in chunks of this size; it bounds the memory of an upload.
  std::size_t chunkBytes = 10485760;
};

}  // namespace mediadock::nextcloud
