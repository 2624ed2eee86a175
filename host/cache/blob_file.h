#pragma once

/// \file
/// One blob as a file: a head that says what it is, its key, its metadata, then its bytes.

#include "base/unique_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// A blob that was found, open for reading; it can be read to its end whatever becomes of the
/// cache. Copies share the file, which nobody may read but by place. One thread at a time, each
/// copy.
class CachedBlob {
 public:
  CachedBlob(UniqueDescriptor file, std::string metadata, std::uint64_t offset,
             std::uint64_t length)
      : file_(std::make_shared<const UniqueDescriptor>(std::move(file))),
        metadata_(std::move(metadata)),
        offset_(offset),
        length_(length) {}

  /// For `pread` and `sendfile`; stays the blob's.
  int descriptor() const noexcept { return file_->get(); }

  /// Where in the file the bytes begin.
  std::uint64_t offset() const noexcept { return offset_; }

  std::uint64_t length() const noexcept { return length_; }

  const std::string& metadata() const noexcept { return metadata_; }

 private:
  std::shared_ptr<const UniqueDescriptor> file_;
  std::string metadata_;
  std::uint64_t offset_;
  std::uint64_t length_;
};

/// How long the file of such a blob is.
std::uint64_t blobFileLength(std::string_view key, std::string_view metadata, std::uint64_t size);

/// What the file of a blob begins with. The sum of its bytes is known once all are written, so that
/// a file that was not finished does not look like one that was.
std::string blobHead(std::string_view key, std::string_view metadata, std::uint64_t size,
                     std::uint64_t sum);

enum class BlobCheck { Head, Whole };

/// The blob in `file`, which is of `length` bytes, where it is whole and the one of `key`; else
/// nothing. Its bytes are summed up only where `check` says so.
std::optional<CachedBlob> readBlob(UniqueDescriptor file, std::uint64_t length,
                                   std::string_view key, BlobCheck check);

/// Writes all of `bytes` at `offset`. Returns false where the disk does not take them.
bool writeAt(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) noexcept;

}  // namespace mediadock
