#pragma once

/// \file
/// What the kernel knows of a file, and the entry that makes.

#include "calls/call.h"
#include "mediadock/entry.h"
#include "mediadock/storage_path.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mediadock {

/// A file, a directory, or something that the provider does not show: a link, pipe, socket, device.
enum class FileKind { File, Directory, Other };

/// A time as the kernel tells it. Not one number of nanoseconds, which ends in the year 2262 while
/// disks go on.
struct FileTime {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;
};

struct FileStatus {
  FileKind kind = FileKind::Other;
  std::uint64_t size = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint32_t links = 0;
  FileTime modifiedAt;
  FileTime changedAt;
  /// Absent where the file system does not keep it.
  std::optional<FileTime> bornAt;
};

/// The status of an open file (`O_PATH` will do).
FileStatus statusOf(int descriptor, const Call& call);

/// The status of `name` in an open directory, links not followed; nothing where there is no such
/// name.
std::optional<FileStatus> statusAt(int directory, const std::string& name, const Call& call);

/// The strong validator of a file's content.
ETag etagOf(const FileStatus& status);

/// \pre the status is of a file or a directory.
Entry toEntry(const StoragePath& path, const FileStatus& status);

}  // namespace mediadock
