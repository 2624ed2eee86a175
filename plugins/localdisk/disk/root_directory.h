#pragma once

/// \file
/// The folder that the store lives in, and the only way to open something in it.

#include "calls/call.h"
#include "disk/file_status.h"
#include "disk/temp_folder.h"
#include "disk/unique_descriptor.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace mediadock {

/// The longest path that the kernel takes in one call (`PATH_MAX` counts the final zero byte).
inline constexpr std::size_t kMaxKernelPathBytes = 4095;

/// Opens `relative` (empty: the directory itself) with openat2(2) so that no `..`, no symbolic link
/// and no magic link leads anywhere. A pipe or device is not waited for. Without success the
/// descriptor is empty and `errno` says why.
UniqueDescriptor openBeneath(int directory, const std::string& relative, int flags) noexcept;

/// Whether `path` is the folder for unfinished files, or in it. Such a path is not there for
/// readers.
bool isReserved(const StoragePath& path) noexcept;

/// Throws `InvalidPath` where nothing may be made at `path`.
void requireWritable(const StoragePath& path, const Call& call);

/// An open root. Immutable; safe to share between threads.
class RootDirectory {
 public:
  /// Opens the folder at `path`, making it and its parents where they are missing, and sweeps what
  /// a crash left in the folder for unfinished files.
  /// \throws StorageError `NotADirectory`, `PermissionDenied`; `Unsupported` where the kernel has
  ///   no openat2.
  RootDirectory(const std::filesystem::path& path, const Call& call);

  int descriptor() const noexcept { return descriptor_.get(); }

  const TempFolder& tempFolder() const noexcept { return *tempFolder_; }

  bool isCaseSensitive() const noexcept { return isCaseSensitive_; }

  std::size_t maxNameBytes() const noexcept { return maxNameBytes_; }

  /// Opens what stands at `path`, or nothing, with `errno` telling why.
  UniqueDescriptor open(const StoragePath& path, int flags) const noexcept;

  /// What stands at `path`; nothing also for a link, pipe, socket or device.
  std::optional<FileStatus> status(const StoragePath& path, const Call& call) const;

  /// Opens the directory at `path`.
  /// \throws StorageError `NotFound`, `NotADirectory`.
  UniqueDescriptor openDirectory(const StoragePath& path, const Call& call) const;

  /// The same, making what is missing, durably.
  UniqueDescriptor makeDirectories(const StoragePath& path, const Call& call) const;

  /// Whether the folder at the path that was opened is still this one.
  bool isStillThere() const noexcept;

 private:
  std::filesystem::path path_;
  UniqueDescriptor descriptor_;
  std::optional<TempFolder> tempFolder_;
  bool isCaseSensitive_ = false;
  std::size_t maxNameBytes_ = StoragePath::kMaxNameBytes;
};

}  // namespace mediadock
