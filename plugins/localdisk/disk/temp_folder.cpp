#include "disk/temp_folder.h"

#include "disk/directory_scan.h"
#include "disk/file_status.h"
#include "disk/root_directory.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mediadock::localdisk {
namespace {

UniqueDescriptor openOrMake(int root, const Call& call) {
  const std::string name(kTempFolderName);
  if (::mkdirat(root, name.c_str(), 0700) != 0 && errno != EEXIST) {
    call.failWithErrno(errno, "making the folder " + name);
  }
  auto folder = openBeneath(root, name, O_RDONLY | O_DIRECTORY);
  if (!folder) {
    call.failWithErrno(errno, "opening the folder " + name);
  }
  return folder;
}

std::string randomName(const Call& call) {
  std::array<unsigned char, 16> bytes{};
  const auto got = uninterrupted([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
  if (got != static_cast<ssize_t>(bytes.size())) {
    call.failWithErrno(errno, "drawing a random name");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name;
  for (const auto byte : bytes) {
    name += kDigits[byte >> 4U];
    name += kDigits[byte & 0xFU];
  }
  return name + ".part";
}

bool isKept(std::string_view name) noexcept {
  return name.ends_with(kSuspendedEnding);
}

bool isYoung(const struct stat& status) noexcept {
  using Clock = std::chrono::system_clock;
  return Clock::from_time_t(status.st_mtime) > Clock::now() - kKeptFor;
}

/// Whether the file has no live writer and does not have to be kept.
bool isAbandoned(int folder, const std::string& name) noexcept {
  // Opened for writing because NFS emulates flock with a lock that requires it.
  const auto file = openBeneath(folder, name, O_RDWR);

  struct stat status {};

  return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) &&
         !(isKept(name) && isYoung(status)) && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0;
}

}  // namespace

TempFolder::TempFolder(int root, const Call& call) : descriptor_(openOrMake(root, call)) {
  sweep(call);
}

// O_TMPFILE would leave nothing to sweep, but linkat(2) cannot replace a name: an overwrite would
// need a link under a temporary name and a rename, which could leave the same leftovers. Also, not
// every file system supports it.
TempFolder::File TempFolder::create(const Call& call) const {
  const auto folderLock = lockFolder(LOCK_SH, call);
  auto name = randomName(call);
  UniqueDescriptor file(
      ::openat(descriptor_.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file) {
    call.failWithErrno(errno, "making a temporary file");
  }
  if (uninterrupted([&] { return ::flock(file.get(), LOCK_EX); }) != 0) {
    const int error = errno;
    remove(name);
    call.failWithErrno(error, "locking a temporary file");
  }
  return {std::move(file), std::move(name)};
}

std::string TempFolder::keep(const std::string& name, const Call& call) const {
  if (isKept(name)) {
    return name;
  }
  const auto suspended = name.substr(0, name.rfind('.')) + std::string(kSuspendedEnding);
  if (::renameat(descriptor_.get(), name.c_str(), descriptor_.get(), suspended.c_str()) != 0 ||
      uninterrupted([&] { return ::fsync(descriptor_.get()); }) != 0) {
    call.failWithErrno(errno, "keeping the temporary file");
  }
  return suspended;
}

std::optional<TempFolder::File> TempFolder::reopen(const std::string& name,
                                                   const Call& call) const {
  const auto folderLock = lockFolder(LOCK_SH, call);
  auto file = openBeneath(descriptor_.get(), name, O_RDWR);
  if (!file && errno == ENOENT) {
    return std::nullopt;
  }
  if (!file) {
    call.failWithErrno(errno, "opening the temporary file");
  }
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    call.fail(StorageErrc::Locked, "it is being written");
  }
  // Its writer may have renamed it to its final name before we got the lock.
  const auto current = statusAt(descriptor_.get(), name, call);
  if (!current || current->inode != statusOf(file.get(), call).inode) {
    return std::nullopt;
  }
  return File{std::move(file), name};
}

void TempFolder::remove(const std::string& name) const noexcept {
  ::unlinkat(descriptor_.get(), name.c_str(), 0);
}

// Opened each time: the lock belongs to the open file, so threads would share it otherwise.
UniqueDescriptor TempFolder::lockFolder(int operation, const Call& call) const {
  auto folder = openBeneath(descriptor_.get(), "", O_RDONLY | O_DIRECTORY);
  if (!folder || uninterrupted([&] { return ::flock(folder.get(), operation); }) != 0) {
    call.failWithErrno(errno, "locking the folder for temporary files");
  }
  return folder;
}

void TempFolder::sweep(const Call& call) const {
  const auto folderLock = lockFolder(LOCK_EX, call);
  DirectoryScan scan(openBeneath(descriptor_.get(), "", O_RDONLY | O_DIRECTORY), call);
  while (const auto found = scan.next()) {
    if (isAbandoned(descriptor_.get(), found->name)) {
      remove(found->name);
    }
  }
}

}  // namespace mediadock::localdisk
