#pragma once

/// \file
/// A blob on its way into the cache.

#include "base/unique_descriptor.h"
#include "cache/checksum.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace mediadock {

class BlobCache;
class BlobFolder;

/// What is to be kept.
struct NewBlob {
  std::string key;
  std::string metadata;
  std::uint64_t size = 0;
};

/// A blob that is being written; `BlobCache::startWriting` makes it. Destroyed without `commit` it
/// leaves nothing. One thread at a time; must not outlive the cache.
class BlobWriter {
 public:
  /// Takes over the room of the blob, which is reserved.
  BlobWriter(BlobCache& cache, std::shared_ptr<const BlobFolder> folder, std::string unfinished,
             NewBlob blob);
  ~BlobWriter();

  BlobWriter(const BlobWriter&) = delete;
  BlobWriter& operator=(const BlobWriter&) = delete;

  /// Takes the next bytes. Returns false from the first time on that they cannot be kept: more than
  /// were announced, or a disk that is full.
  bool write(std::span<const std::byte> bytes);

  /// Lets the blob be found, in place of another one under its key. Returns whether it can be;
  /// false, too, where fewer bytes came than were announced.
  bool commit();

 private:
  friend class BlobCache;

  std::uint64_t room() const noexcept;

  BlobCache& cache_;
  const std::shared_ptr<const BlobFolder> folder_;
  /// The name of the file meanwhile.
  const std::string unfinished_;
  const NewBlob blob_;
  /// Of the whole file.
  const std::uint64_t length_;
  const UniqueDescriptor file_;
  Checksum sum_;
  std::uint64_t written_ = 0;
  bool isGood_;
  bool isCommitted_ = false;
};

}  // namespace mediadock
