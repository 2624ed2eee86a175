#pragma once

/// \file
/// A disk cache for bytes that can be reproduced, stored by key.

#include "cache/blob_file.h"
#include "cache/blob_index.h"
#include "cache/blob_writer.h"
#include "cache/open_blobs.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::cache {

class BlobFolder;

struct BlobCacheSettings {
  /// The blobs are stored in a subfolder of it.
  std::filesystem::path directory;
  /// 0: the cache is disabled.
  std::uint64_t maxBytes = 0;
};

/// A bounded LRU cache. Failures are misses, not errors: the folder may be deleted or damaged at
/// any time and is recreated. A torn, foreign or modified file is a miss: the checksum of its bytes
/// is verified when it is first found, and again whenever the file has changed. The folder belongs
/// to one process; another process, or one whose disk is unavailable, runs without a cache until it
/// can open the folder.
///
/// The files of all blobs, finished or not, never use more than `maxBytes`; the space of blobs that
/// are evicted while being read is freed when they are closed. All calls may run concurrently.
class BlobCache {
 public:
  /// Receives the reason, as text, whenever the cache stops working; once per outage.
  using OnProblem = std::function<void(const std::string&)>;

  explicit BlobCache(BlobCacheSettings settings, OnProblem onProblem = {});
  ~BlobCache();

  BlobCache(const BlobCache&) = delete;
  BlobCache& operator=(const BlobCache&) = delete;

  std::optional<CachedBlob> find(std::string_view key);

  /// Reserves space for a blob of `size` bytes under `key`, which may contain any characters.
  /// `metadata` is a short text, returned with the blob. Returns null if it cannot be cached, for
  /// example because it would take more than a quarter of the cache.
  std::unique_ptr<BlobWriter> startWriting(std::string_view key, std::string_view metadata,
                                           std::uint64_t size);

  /// Space used by the blobs, including those being written.
  std::uint64_t bytes() const;

 private:
  friend class BlobWriter;

  std::optional<CachedBlob> findOpen(const std::string& name, std::string_view key);
  std::shared_ptr<const BlobFolder> folder();
  std::string openFolderIfDue();
  std::optional<std::string> takeOldest();
  void openFolder();
  bool takeRoom(const BlobFolder& from, std::uint64_t room);
  bool publish(const BlobWriter& writer);
  void release(std::uint64_t room);
  void drop(const BlobFolder& from, const std::string& name, const std::optional<FileStamp>& seen);

  const BlobCacheSettings settings_;
  const OnProblem onProblem_;
  mutable std::mutex mutex_;
  /// The rest is guarded by `mutex_`. Null while there is no usable folder.
  std::shared_ptr<const BlobFolder> folder_;
  std::chrono::steady_clock::time_point nextTry_;
  bool hasTold_ = false;
  BlobIndex index_;
  /// Blobs that are in the index.
  OpenBlobs open_;
  /// Space reserved for blobs being written.
  std::uint64_t reserved_ = 0;
  std::uint64_t writes_ = 0;
};

}  // namespace mediadock::cache
