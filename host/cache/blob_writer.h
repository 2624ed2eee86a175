#pragma once

/// \file
/// Writes one blob into the cache.

#include "base/unique_descriptor.h"
#include "cache/checksum.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace mediadock::cache {

class BlobCache;
class BlobFolder;

/// The blob to be written.
struct NewBlob {
  std::string key;
  std::string metadata;
  std::uint64_t size = 0;
};

/// A blob that is being written; created by `BlobCache::startWriting`. If destroyed without
/// `commit`, it leaves nothing. Not thread-safe; must not outlive the cache.
class BlobWriter {
 public:
  /// Takes over the space that was reserved for the blob.
  BlobWriter(BlobCache& cache, std::shared_ptr<const BlobFolder> folder, std::string unfinished,
             NewBlob blob);
  ~BlobWriter();

  BlobWriter(const BlobWriter&) = delete;
  BlobWriter& operator=(const BlobWriter&) = delete;

  /// Appends bytes. Returns false, and keeps returning false, once they cannot be stored: more
  /// bytes than announced, or a full disk.
  bool write(std::span<const std::byte> bytes);

  /// Publishes the blob, replacing another one under its key. Returns false if that fails or fewer
  /// bytes were written than announced.
  bool commit();

 private:
  friend class BlobCache;

  std::uint64_t room() const noexcept;

  BlobCache& cache_;
  const std::shared_ptr<const BlobFolder> folder_;
  /// The file's temporary name.
  const std::string unfinished_;
  const NewBlob blob_;
  /// Of the whole file.
  const std::uint64_t length_;
  const base::UniqueDescriptor file_;
  Checksum sum_;
  std::uint64_t written_ = 0;
  bool isGood_;
  bool isCommitted_ = false;
};

}  // namespace mediadock::cache
