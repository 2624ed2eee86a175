#include "disk/root_directory.h"

#include "calls/errno_error.h"

#include <linux/openat2.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::localdisk {
namespace {

constexpr int kDirectoryFlags = O_RDONLY | O_DIRECTORY;
/// How often a directory may be removed concurrently before the call gives up.
constexpr int kMakeAttempts = 100;

bool equalsIgnoringAsciiCase(std::string_view left, std::string_view right) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

UniqueDescriptor openRoot(const std::filesystem::path& path, const Call& call) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  // Links in the configured path itself are the administrator's choice.
  UniqueDescriptor root(::open(path.c_str(), kDirectoryFlags | O_CLOEXEC));
  if (!root) {
    const int reason = errno == ENOENT && error ? error.value() : errno;
    call.failWithErrno(reason, "opening the root folder " + path.string());
  }
  // Some containers' seccomp filters return EPERM for unknown system calls.
  if (!openBeneath(root.get(), "", O_PATH) && (errno == ENOSYS || errno == EPERM)) {
    call.fail(StorageErrc::Unsupported,
              "openat2 is missing: it takes Linux 5.6 and a container that lets it through");
  }
  return root;
}

bool looksCaseSensitive(const TempFolder& folder, const Call& call) {
  const auto probe = folder.create(call);
  std::string shouted = probe.name;
  std::transform(shouted.begin(), shouted.end(), shouted.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const bool found = statusAt(folder.descriptor(), shouted, call).has_value();
  folder.remove(probe.name);
  return !found;
}

/// Opens or creates one directory; empty if it was removed meanwhile.
UniqueDescriptor makeOne(int parent, const std::string& name, const Call& call) {
  auto directory = openBeneath(parent, name, kDirectoryFlags);
  if (directory || errno != ENOENT) {
    return directory;
  }
  if (::mkdirat(parent, name.c_str(), 0777) == 0) {
    if (::fsync(parent) != 0) {
      call.failUnconfirmed(errno, "making '" + name + "' durable");
    }
  } else if (errno != EEXIST) {
    return {};
  }
  return openBeneath(parent, name, kDirectoryFlags);
}

}  // namespace

UniqueDescriptor openBeneath(int directory, const std::string& relative, int flags) noexcept {
  struct open_how how {};

  // O_NONBLOCK: opening a pipe would otherwise wait for its other end.
  const int quiet = (flags & O_PATH) != 0 ? 0 : O_NONBLOCK | O_NOCTTY;
  how.flags = static_cast<unsigned>(flags | quiet | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const char* path = relative.empty() ? "." : relative.c_str();
  return UniqueDescriptor(static_cast<int>(
      uninterrupted([&] { return ::syscall(SYS_openat2, directory, path, &how, sizeof how); })));
}

bool isReserved(const StoragePath& path) noexcept {
  const std::string_view text = path.str();
  // Ignores case, as the disk may do so, too.
  return equalsIgnoringAsciiCase(text.substr(0, text.find('/')), kTempFolderName);
}

void requireWritable(const StoragePath& path, const Call& call) {
  if (isReserved(path)) {
    call.fail(StorageErrc::InvalidPath,
              "the name " + std::string(kTempFolderName) + " is the store's own");
  }
  if (path.str().size() > kMaxKernelPathBytes) {
    call.fail(StorageErrc::InvalidPath, "the path is longer than the system allows");
  }
}

RootDirectory::RootDirectory(const std::filesystem::path& path, const Call& call)
    : path_(path),
      descriptor_(openRoot(path, call)) {
  tempFolder_.emplace(descriptor_.get(), call);
  isCaseSensitive_ = looksCaseSensitive(*tempFolder_, call);

  struct statvfs space {};

  if (::fstatvfs(descriptor_.get(), &space) == 0 && space.f_namemax > 0) {
    maxNameBytes_ = std::min<std::size_t>(maxNameBytes_, space.f_namemax);
  }
}

UniqueDescriptor RootDirectory::open(const StoragePath& path, int flags) const noexcept {
  if (isReserved(path)) {
    errno = ENOENT;
    return {};
  }
  return openBeneath(descriptor_.get(), path.str(), flags);
}

std::optional<FileStatus> RootDirectory::status(const StoragePath& path, const Call& call) const {
  const auto found = open(path, O_PATH);
  if (!found) {
    if (saysAbsent(errno)) {
      return std::nullopt;
    }
    call.failWithErrno(errno, "looking at it");
  }
  const auto status = statusOf(found.get(), call);
  return status.kind == FileKind::Other ? std::nullopt : std::optional(status);
}

UniqueDescriptor RootDirectory::openDirectory(const StoragePath& path, const Call& call) const {
  auto directory = open(path, kDirectoryFlags);
  if (!directory) {
    call.failWithErrno(errno, "opening the folder '" + path.str() + "'");
  }
  return directory;
}

UniqueDescriptor RootDirectory::makeDirectories(const StoragePath& path, const Call& call) const {
  for (int attempt = 0; attempt < kMakeAttempts; ++attempt) {
    call.checkpoint();
    auto directory = open(path, kDirectoryFlags);
    if (directory || errno != ENOENT) {
      return directory ? std::move(directory) : openDirectory(path, call);
    }
    directory = openBeneath(descriptor_.get(), "", kDirectoryFlags);
    for (const auto segment : path.segments()) {
      directory =
          directory ? makeOne(directory.get(), std::string(segment), call) : std::move(directory);
    }
    if (directory) {
      return directory;
    }
    if (errno != ENOENT) {
      call.failWithErrno(errno, "making the folder '" + path.str() + "'");
    }
  }
  call.fail(StorageErrc::Conflict, "the folder is removed as fast as it is made");
}

bool RootDirectory::isStillThere() const noexcept {
  struct stat now {};

  struct stat then {};

  struct stat temp {};

  return ::stat(path_.c_str(), &now) == 0 && ::fstat(descriptor_.get(), &then) == 0 &&
         ::fstat(tempFolder_->descriptor(), &temp) == 0 && now.st_dev == then.st_dev &&
         now.st_ino == then.st_ino && temp.st_nlink > 0;
}

}  // namespace mediadock::localdisk
