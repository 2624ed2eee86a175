#pragma once

/// \file
/// Bytes that can be made again, kept on disk under keys.

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

namespace mediadock {

class BlobFolder;

struct BlobCacheSettings {
  /// The blobs are in a folder of its own within.
  std::filesystem::path directory;
  /// 0: nothing is kept.
  std::uint64_t maxBytes = 0;
};

/// A bounded cache, the least recently used going first. What it cannot do is a miss and no error:
/// the folder may be deleted or damaged at any time and is made again. A file that is torn, foreign
/// or was tampered with is a miss: the sum of its bytes is verified when it is first found and
/// whenever it was changed since. The folder belongs to one process; another one, or
/// one without the folder's disk, has no cache until it can have it.
///
/// The files of all blobs, finished or not, never take more than `maxBytes`; ones that are evicted
/// while they are read go when they are closed. All calls may run concurrently.
class BlobCache {
 public:
  /// Told, in words, why nothing is kept, once each time that this begins.
  using OnProblem = std::function<void(const std::string&)>;

  explicit BlobCache(BlobCacheSettings settings, OnProblem onProblem = {});
  ~BlobCache();

  BlobCache(const BlobCache&) = delete;
  BlobCache& operator=(const BlobCache&) = delete;

  std::optional<CachedBlob> find(std::string_view key);

  /// Takes room for a blob of `size` bytes under `key`, of any characters. `metadata` is a few
  /// words, found with the blob. Null where it cannot be kept, as one that would take more than a
  /// quarter of the cache.
  std::unique_ptr<BlobWriter> startWriting(std::string_view key, std::string_view metadata,
                                           std::uint64_t size);

  /// What the blobs take, those in writing included.
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
  /// The rest is guarded by `mutex_`. Null while there is none.
  std::shared_ptr<const BlobFolder> folder_;
  std::chrono::steady_clock::time_point nextTry_;
  bool hasTold_ = false;
  BlobIndex index_;
  /// Of those in the index.
  OpenBlobs open_;
  /// What is in writing takes.
  std::uint64_t reserved_ = 0;
  std::uint64_t writes_ = 0;
};

}  // namespace mediadock
