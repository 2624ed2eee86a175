#include "disk/file_status.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>

namespace mediadock::localdisk {
namespace {

FileTime toFileTime(const struct statx_timestamp& time) noexcept {
  return {time.tv_sec, time.tv_nsec};
}

/// Returns nullopt if the time is outside the range of a timestamp.
std::optional<Timestamp> toTimestamp(const FileTime& time) noexcept {
  constexpr std::int64_t kMostSeconds = std::numeric_limits<std::int64_t>::max() / 1'000'000 - 1;
  if (time.seconds > kMostSeconds || time.seconds < -kMostSeconds) {
    return std::nullopt;
  }
  return Timestamp(std::chrono::microseconds(time.seconds * 1'000'000 + time.nanoseconds / 1000));
}

FileKind kindOf(unsigned mode) noexcept {
  if (S_ISREG(mode)) {
    return FileKind::File;
  }
  return S_ISDIR(mode) ? FileKind::Directory : FileKind::Other;
}

FileStatus toStatus(const struct statx& raw) noexcept {
  FileStatus status{.kind = kindOf(raw.stx_mode),
                    .size = raw.stx_size,
                    .device = (std::uint64_t{raw.stx_dev_major} << 32U) | raw.stx_dev_minor,
                    .inode = raw.stx_ino,
                    .links = raw.stx_nlink,
                    .modifiedAt = toFileTime(raw.stx_mtime),
                    .changedAt = toFileTime(raw.stx_ctime)};
  if ((raw.stx_mask & STATX_BTIME) != 0) {
    status.bornAt = toFileTime(raw.stx_btime);
  }
  return status;
}

constexpr unsigned kWanted = STATX_BASIC_STATS | STATX_BTIME;

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  return {digits.data(), end};
}

std::string hex(const FileTime& time) {
  return hex(static_cast<std::uint64_t>(time.seconds)) + "." + hex(std::uint64_t{time.nanoseconds});
}

}  // namespace

FileStatus statusOf(int descriptor, const Call& call) {
  struct statx raw {};

  if (::statx(descriptor, "", AT_EMPTY_PATH, kWanted, &raw) != 0) {
    call.failWithErrno(errno, "looking at the file");
  }
  return toStatus(raw);
}

std::optional<FileStatus> statusAt(int directory, const std::string& name, const Call& call) {
  struct statx raw {};

  if (::statx(directory, name.c_str(), AT_SYMLINK_NOFOLLOW, kWanted, &raw) == 0) {
    return toStatus(raw);
  }
  if (errno == ENOENT) {
    return std::nullopt;
  }
  call.failWithErrno(errno, "looking at '" + name + "'");
}

// Inode, size and modification time are not enough: the client may choose the time, and an inode
// number freed by one overwrite may be reused by the next but one, so that version 3 could be
// mistaken for version 1. The change time cannot be chosen: the kernel sets it from its own clock
// on each rename and write. That clock ticks every few milliseconds, so for two versions to share a
// tag, the same inode number would have to be freed and reused within one tick, while each
// overwrite waits for two fsyncs. The price: moving a file, or changing its mode, changes the tag
// of the same bytes, which validators are allowed to do.
ETag etagOf(const FileStatus& status) {
  return {.value = hex(status.inode) + "-" + hex(status.size) + "-" + hex(status.modifiedAt) + "-" +
                   hex(status.changedAt)};
}

Entry toEntry(const StoragePath& path, const FileStatus& status) {
  Entry entry{.path = path};
  entry.modifiedAt = toTimestamp(status.modifiedAt);
  // An inode number alone may be reused for another file.
  entry.fileId = hex(status.inode) + (status.bornAt ? "-" + hex(*status.bornAt) : "");
  if (status.kind == FileKind::Directory) {
    entry.kind = EntryKind::Directory;
    return entry;
  }
  entry.size = status.size;
  entry.etag = etagOf(status);
  return entry;
}

}  // namespace mediadock::localdisk
