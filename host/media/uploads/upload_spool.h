#pragma once

/// \file
/// Local files in which unfinished uploads wait, for storages that cannot keep them.

#include "base/unique_descriptor.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace mediadock {

class UploadSpool;

/// An open file of the spool, locked against other writers as long as it lives; may not outlive
/// the spool. One thread at a time.
class SpooledFile {
 public:
  SpooledFile(UploadSpool& spool, UniqueDescriptor file, std::string name) noexcept;
  ~SpooledFile() = default;
  SpooledFile(SpooledFile&& other) noexcept = default;
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;
  SpooledFile& operator=(SpooledFile&&) = delete;

  const std::string& name() const noexcept { return name_; }

  /// \throws StorageError `InsufficientStorage` where the spool or its disk is full; `Internal`.
  void write(std::uint64_t offset, std::span<const std::byte> bytes);

  /// Gives bytes from `offset`; 0 at the end. \throws StorageError `Internal`.
  std::size_t read(std::uint64_t offset, std::span<std::byte> buffer) const;

  /// Returns when what was written is on the disk. \throws StorageError, as `write`.
  void sync();

  /// Gives back all behind the first `size` bytes.
  void cut(std::uint64_t size) noexcept;

 private:
  UploadSpool* spool_;
  UniqueDescriptor file_;
  std::string name_;
  std::uint64_t size_ = 0;
};

/// A folder of such files. What counts against its limit is what is in them, not what was
/// announced; files of other hosts that share the folder are counted, too, at the latest after
/// `kCountedAnew` bytes. All calls may run concurrently.
class UploadSpool {
 public:
  /// After so many bytes the files are counted again, and when the limit seems to be reached.
  static constexpr std::uint64_t kCountedAnew = 64U << 20U;

  UploadSpool(std::filesystem::path directory, std::uint64_t maxBytes);

  /// Refuses early what can never be in it. \throws StorageError `InsufficientStorage`.
  void requireRoom(std::uint64_t size) const;

  /// Makes an empty file. \throws StorageError, as `SpooledFile::write`.
  SpooledFile create();

  /// Returns nullopt if it is gone. \throws StorageError `Locked` while it is written; `Internal`.
  std::optional<SpooledFile> open(const std::string& name);

  void remove(const std::string& name) noexcept;

  /// Removes what was not touched for `age`.
  void sweep(std::chrono::seconds age) noexcept;

 private:
  friend class SpooledFile;

  void take(std::uint64_t bytes);
  void giveBack(std::uint64_t bytes) noexcept;
  std::uint64_t bytesThere() const;

  const std::filesystem::path directory_;
  const std::uint64_t maxBytes_;
  std::mutex mutex_;
  /// Guarded by mutex_: bytes in all files, and how many of them were added since the last count.
  std::uint64_t used_ = 0;
  std::uint64_t uncounted_ = kCountedAnew;
};

}  // namespace mediadock
