#pragma once

/// \file
/// File status as reported by the kernel, and its conversion to an entry.

#include "calls/call.h"
#include "mediadock/entry.h"
#include "mediadock/storage_path.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mediadock::localdisk {

/// A file, a directory, or something that the provider hides: a link, pipe, socket or device.
enum class FileKind { File, Directory, Other };

/// A time from the kernel. A single count of nanoseconds would overflow in the year 2262, which
/// file systems can exceed.
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
  /// Absent if the file system does not record it.
  std::optional<FileTime> bornAt;
};

/// The status of an open file (`O_PATH` suffices).
FileStatus statusOf(int descriptor, const Call& call);

/// The status of `name` in an open directory, without following links; nullopt if the name does not
/// exist.
std::optional<FileStatus> statusAt(int directory, const std::string& name, const Call& call);

/// The strong validator for a file's content.
ETag etagOf(const FileStatus& status);

/// \pre `status` is that of a file or a directory.
Entry toEntry(const StoragePath& path, const FileStatus& status);

}  // namespace mediadock::localdisk
