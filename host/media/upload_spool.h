#pragma once

/// \file
/// Local files in which unfinished uploads wait, for storages that cannot keep them.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace mediadock {

/// An open file of the spool. One thread at a time.
class SpooledFile {
 public:
  SpooledFile(int descriptor, std::string name) noexcept;
  ~SpooledFile();
  SpooledFile(SpooledFile&& other) noexcept;
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;
  SpooledFile& operator=(SpooledFile&&) = delete;

  const std::string& name() const noexcept { return name_; }

  /// \throws StorageError `InsufficientStorage`, `Internal`, as all calls here.
  void write(std::uint64_t offset, std::span<const std::byte> bytes);

  /// Gives bytes from `offset`; 0 at the end.
  std::size_t read(std::uint64_t offset, std::span<std::byte> buffer) const;

  /// Returns when what was written is on the disk.
  void sync();

 private:
  int descriptor_;
  std::string name_;
};

/// A folder of such files, each as long from its beginning as it will be, so that their lengths
/// tell what is promised; also to other hosts that share the folder. All calls may run
/// concurrently.
class UploadSpool {
 public:
  UploadSpool(std::filesystem::path directory, std::uint64_t maxBytes);

  /// Takes room for `size` bytes.
  /// \throws StorageError `InsufficientStorage` where the spool or its disk is full.
  SpooledFile create(std::uint64_t size);

  /// Nothing where it is gone.
  std::optional<SpooledFile> open(const std::string& name) const;

  void remove(const std::string& name) const noexcept;

  /// Removes what was not touched for `age`.
  void sweep(std::chrono::seconds age) const noexcept;

 private:
  std::uint64_t promisedBytes() const;

  const std::filesystem::path directory_;
  const std::uint64_t maxBytes_;
  /// Between counting and taking.
  std::mutex mutex_;
};

}  // namespace mediadock
