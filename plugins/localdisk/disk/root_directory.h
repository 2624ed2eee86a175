#pragma once

/// \file
/// The root folder of the store, and the only way to open anything in it.

#include "calls/call.h"
#include "disk/file_status.h"
#include "disk/temp_folder.h"
#include "disk/unique_descriptor.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace mediadock::localdisk {

/// The longest path that the kernel accepts in one call (`PATH_MAX` includes the final zero byte).
inline constexpr std::size_t kMaxKernelPathBytes = 4095;

/// Opens `relative` (empty: the directory itself) with openat2(2), so that no `..`, symbolic link
/// or magic link can lead outside. Does not block on a pipe or device. On failure the descriptor is
/// empty and `errno` is set.
UniqueDescriptor openBeneath(int directory, const std::string& relative, int flags) noexcept;

/// Whether `path` is the folder for unfinished files, or in it. Readers do not see such paths.
bool isReserved(const StoragePath& path) noexcept;

/// Throws `InvalidPath` if nothing may be created at `path`.
void requireWritable(const StoragePath& path, const Call& call);

/// An open root. Immutable, hence thread-safe.
class RootDirectory {
 public:
  /// Opens the folder at `path`, creates it and its parents if missing, and deletes unfinished
  /// files left by a crash.
  /// \throws StorageError `NotADirectory`, `PermissionDenied`; `Unsupported` if the kernel has no
  ///   openat2.
  RootDirectory(const std::filesystem::path& path, const Call& call);

  int descriptor() const noexcept { return descriptor_.get(); }

  const TempFolder& tempFolder() const noexcept { return *tempFolder_; }

  bool isCaseSensitive() const noexcept { return isCaseSensitive_; }

  std::size_t maxNameBytes() const noexcept { return maxNameBytes_; }

  /// Opens `path`; on failure the descriptor is empty and `errno` is set.
  UniqueDescriptor open(const StoragePath& path, int flags) const noexcept;

  /// The status of `path`; nullopt if it does not exist, or is a link, pipe, socket or device.
  std::optional<FileStatus> status(const StoragePath& path, const Call& call) const;

  /// Opens the directory at `path`.
  /// \throws StorageError `NotFound`, `NotADirectory`.
  UniqueDescriptor openDirectory(const StoragePath& path, const Call& call) const;

  /// The same, but durably creates missing directories.
  UniqueDescriptor makeDirectories(const StoragePath& path, const Call& call) const;

  /// Whether the configured path still refers to this folder.
  bool isStillThere() const noexcept;

 private:
  std::filesystem::path path_;
  UniqueDescriptor descriptor_;
  std::optional<TempFolder> tempFolder_;
  bool isCaseSensitive_ = false;
  std::size_t maxNameBytes_ = StoragePath::kMaxNameBytes;
};

}  // namespace mediadock::localdisk
