#pragma once

/// \file
/// The file format of a blob: a header, its key, its metadata, then its bytes.

#include "base/unique_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::cache {

/// A blob that was found, open for reading; it stays readable even if it is evicted. Copies share
/// the descriptor, so read only with explicit offsets. A copy must not be used by two threads at
/// once.
class CachedBlob {
 public:
  CachedBlob(base::UniqueDescriptor file, std::string metadata, std::uint64_t offset,
             std::uint64_t length)
      : file_(std::make_shared<const base::UniqueDescriptor>(std::move(file))),
        metadata_(std::move(metadata)),
        offset_(offset),
        length_(length) {}

  /// For `pread` and `sendfile`; remains owned by the blob.
  int descriptor() const noexcept { return file_->get(); }

  /// Offset of the bytes within the file.
  std::uint64_t offset() const noexcept { return offset_; }

  std::uint64_t length() const noexcept { return length_; }

  const std::string& metadata() const noexcept { return metadata_; }

 private:
  std::shared_ptr<const base::UniqueDescriptor> file_;
  std::string metadata_;
  std::uint64_t offset_;
  std::uint64_t length_;
};

/// The length of the file of such a blob.
std::uint64_t blobFileLength(std::string_view key, std::string_view metadata, std::uint64_t size);

/// The beginning of a blob's file. The checksum is known only once all bytes are written, so an
/// unfinished file does not look like a finished one.
std::string blobHead(std::string_view key, std::string_view metadata, std::uint64_t size,
                     std::uint64_t sum);

enum class BlobCheck { Head, Whole };

/// The blob in `file`, which is `length` bytes long; nullopt unless it is complete and stored under
/// `key`. The checksum of its bytes is only verified if `check` is `Whole`.
std::optional<CachedBlob> readBlob(base::UniqueDescriptor file, std::uint64_t length,
                                   std::string_view key, BlobCheck check);

/// Writes all of `bytes` at `offset`. Returns false if the write fails.
bool writeAt(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) noexcept;

}  // namespace mediadock::cache
