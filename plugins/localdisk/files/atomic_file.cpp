#include "files/atomic_file.h"

#include <linux/fs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace mediadock::localdisk {
namespace {

/// Number of bytes written between checks of the call's limits.
constexpr std::size_t kBlockBytes = 4UL << 20U;

timespec toTimespec(Timestamp time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::nanoseconds(time - seconds);
  return {.tv_sec = seconds.time_since_epoch().count(), .tv_nsec = rest.count()};
}

}  // namespace

AtomicFile::AtomicFile(std::shared_ptr<const RootDirectory> root, const Call& call)
    : root_(std::move(root)),
      file_(root_->tempFolder().create(call)) {}

AtomicFile::AtomicFile(std::shared_ptr<const RootDirectory> root, TempFolder::File suspended,
                       std::uint64_t offset, const Call& call)
    : root_(std::move(root)),
      file_(std::move(suspended)),
      keptBytes_(offset) {
  const auto end = static_cast<off_t>(offset);
  if (uninterrupted([&] { return ::ftruncate(descriptor(), end); }) != 0 ||
      ::lseek(descriptor(), end, SEEK_SET) != end) {
    call.failWithErrno(errno, "going on with the temporary file");
  }
}

AtomicFile::~AtomicFile() {
  if (!keptBytes_) {
    discard();
  } else if (!file_.name.empty()) {
    // Data not covered by a token would only take up space.
    const auto end = static_cast<off_t>(*keptBytes_);
    uninterrupted([&] { return ::ftruncate(descriptor(), end); });
  }
}

void AtomicFile::requireRoom(std::uint64_t bytes, const Call& call) const {
  struct statvfs space {};

  if (::fstatvfs(descriptor(), &space) != 0) {
    call.failWithErrno(errno, "asking for the free space");
  }
  if (bytes > 0 && bytes / space.f_frsize >= space.f_bavail) {
    call.failWithErrno(ENOSPC, "looking for room for " + std::to_string(bytes) + " bytes");
  }
}

void AtomicFile::append(std::span<const std::byte> bytes, const Call& call) {
  while (!bytes.empty()) {
    call.checkpoint();
    const auto block = bytes.first(std::min(bytes.size(), kBlockBytes));
    const auto written =
        uninterrupted([&] { return ::write(descriptor(), block.data(), block.size()); });
    if (written < 0) {
      call.failWithErrno(errno, "writing");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void AtomicFile::setModifiedAt(const std::optional<Timestamp>& time, const Call& call) {
  std::array<timespec, 2> times{{{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}}};
  if (time) {
    times[1] = toTimespec(*time);
  }
  if (::futimens(descriptor(), times.data()) != 0) {
    call.failWithErrno(errno, "setting the modification time");
  }
  // The disk silently adjusts a time that it cannot store.
  if (time && toEntry({}, statusOf(descriptor(), call)).modifiedAt != time) {
    call.fail(StorageErrc::InvalidArgument, "the disk cannot keep this modification time");
  }
}

void AtomicFile::sync(const Call& call) {
  if (uninterrupted([&] { return ::fsync(descriptor()); }) != 0) {
    call.failWithErrno(errno, "writing to the disk");
  }
}

const std::string& AtomicFile::keep(std::uint64_t bytes, const Call& call) {
  file_.name = root_->tempFolder().keep(file_.name, call);
  keptBytes_ = bytes;
  return file_.name;
}

bool AtomicFile::publish(int directory, const std::string& name, Existing existing,
                         const Call& call) {
  const int temp = root_->tempFolder().descriptor();
  if (!renameEntry(temp, file_.name, directory, name, existing, call)) {
    return false;
  }
  file_.name.clear();
  return true;
}

void AtomicFile::discard() noexcept {
  if (!file_.name.empty()) {
    root_->tempFolder().remove(file_.name);
    file_.name.clear();
  }
}

bool renameEntry(int fromDirectory, const std::string& from, int toDirectory, const std::string& to,
                 Existing existing, const Call& call) {
  const unsigned flags = existing == Existing::Keep ? RENAME_NOREPLACE : 0;
  if (::syscall(SYS_renameat2, fromDirectory, from.c_str(), toDirectory, to.c_str(), flags) == 0) {
    return true;
  }
  if (existing == Existing::Keep && errno == EINVAL) {
    call.fail(StorageErrc::Unsupported,
              "this file system cannot rename without replacing what has the name");
  }
  return false;
}

void syncDirectory(int directory, const Call& call) {
  if (uninterrupted([&] { return ::fsync(directory); }) != 0) {
    call.failUnconfirmed(errno, "making the change durable");
  }
}

}  // namespace mediadock::localdisk
