#pragma once

/// \file
/// Local files holding unfinished uploads, for storages that cannot keep them.

#include "base/unique_descriptor.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace mediadock::media {

class UploadSpool;

/// An open spool file, locked against other writers while it is open; must not outlive the spool.
/// Not thread-safe.
class SpooledFile {
 public:
  SpooledFile(UploadSpool& spool, base::UniqueDescriptor file, std::string name) noexcept;
  ~SpooledFile() = default;
  SpooledFile(SpooledFile&& other) noexcept = default;
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;
  SpooledFile& operator=(SpooledFile&&) = delete;

  const std::string& name() const noexcept { return name_; }

  /// \throws StorageError `InsufficientStorage` if the spool or its disk is full; `Internal`.
  void write(std::uint64_t offset, std::span<const std::byte> bytes);

  /// Reads bytes from `offset`; returns 0 at the end. \throws StorageError `Internal`.
  std::size_t read(std::uint64_t offset, std::span<std::byte> buffer) const;

  /// Returns once everything written is on disk. \throws StorageError, as `write`.
  void sync();

  /// Truncates the file to `size` bytes.
  void cut(std::uint64_t size) noexcept;

 private:
  UploadSpool* spool_;
  base::UniqueDescriptor file_;
  std::string name_;
  std::uint64_t size_ = 0;
};

/// A folder of such files. Its limit applies to the bytes in them, not to announced sizes; files of
/// other hosts that share the folder are included, after at most `kCountedAnew` bytes. All calls
/// may run concurrently.
class UploadSpool {
 public:
  /// The files are recounted after this many bytes, and when the limit seems to be reached.
  static constexpr std::uint64_t kCountedAnew = 64U << 20U;

  UploadSpool(std::filesystem::path directory, std::uint64_t maxBytes);

  /// Refuses early what can never fit. \throws StorageError `InsufficientStorage`.
  void requireRoom(std::uint64_t size) const;

  /// Creates an empty file. \throws StorageError, as `SpooledFile::write`.
  SpooledFile create();

  /// Returns nullopt if it no longer exists. \throws StorageError `Locked` while it is being
  /// written; `Internal`.
  std::optional<SpooledFile> open(const std::string& name);

  void remove(const std::string& name) noexcept;

  /// Removes files that were not modified for `age`.
  void sweep(std::chrono::seconds age) noexcept;

 private:
  friend class SpooledFile;

  void take(std::uint64_t bytes);
  void giveBack(std::uint64_t bytes) noexcept;
  std::uint64_t bytesThere() const;

  const std::filesystem::path directory_;
  const std::uint64_t maxBytes_;
  std::mutex mutex_;
  /// Guarded by mutex_: bytes in all files, and how many of them were added since the last recount.
  std::uint64_t used_ = 0;
  std::uint64_t uncounted_ = kCountedAnew;
};

}  // namespace mediadock::media
