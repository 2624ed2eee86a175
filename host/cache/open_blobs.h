#pragma once

/// \file
/// Blobs that stay open, so that the next reader need not reopen them.

#include "cache/blob_file.h"
#include "cache/blob_index.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mediadock::cache {

/// A blob and the content of its file for which it was verified.
struct StampedBlob {
  CachedBlob blob;
  FileStamp stamp;
};

/// Bounded. Not thread-safe.
class OpenBlobs {
 public:
  static constexpr std::size_t kMost = 256;

  /// The blob kept under `name`, if its key is `key`.
  std::optional<StampedBlob> find(const std::string& name, std::string_view key) const;

  /// When full, closes all others; they are reopened on demand.
  void keep(const std::string& name, std::string_view key, StampedBlob blob);

  void letGo(const std::string& name) { blobs_.erase(name); }

  void letGoAll() noexcept { blobs_.clear(); }

 private:
  struct OpenBlob {
    std::string key;
    StampedBlob blob;
  };

  std::unordered_map<std::string, OpenBlob> blobs_;
};

}  // namespace mediadock::cache
