#pragma once

/// \file
/// Blobs that stay open, so that the next reader need not open them.

#include "cache/blob_file.h"
#include "cache/blob_index.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mediadock {

/// A blob and which content of its file it was found whole in.
struct StampedBlob {
  CachedBlob blob;
  FileStamp stamp;
};

/// Bounded. One thread at a time.
class OpenBlobs {
 public:
  static constexpr std::size_t kMost = 256;

  /// The blob kept under `name`, where it is the one of `key`.
  std::optional<StampedBlob> find(const std::string& name, std::string_view key) const;

  /// When full, closes all others; they are reopened on demand.
  void keep(const std::string& name, std::string_view key, StampedBlob blob);

  void letGo(const std::string& name) { blobs_.erase(name); }

  void letGoAll() noexcept { blobs_.clear(); }

 private:
  struct Kept {
    std::string key;
    StampedBlob blob;
  };

  std::unordered_map<std::string, Kept> blobs_;
};

}  // namespace mediadock
