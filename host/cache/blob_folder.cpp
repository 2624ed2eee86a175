#include "cache/blob_folder.h"

#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <stdexcept>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>

namespace mediadock::cache {
namespace {

constexpr std::string_view kUnfinished = "new-";
constexpr std::size_t kNameLength = 32;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& why) {
  throw std::runtime_error("the cache in " + path.string() + " is off: " + why);
}

bool isBlobName(std::string_view name) {
  return name.size() == kNameLength && base::isLowerHex(name);
}

std::chrono::nanoseconds timeOf(const timespec& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

FileStamp toStamp(const struct stat& status) noexcept {
  return {status.st_ino,
          std::int64_t{status.st_ctim.tv_sec} * 1'000'000'000 + status.st_ctim.tv_nsec};
}

base::UniqueDescriptor openDirectory(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) {
    std::filesystem::create_directories(path.parent_path(), error);
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    fail(path, std::strerror(errno));
  }
  base::UniqueDescriptor directory(
      ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));

  struct stat status {};

  if (!directory || ::fstat(directory.get(), &status) != 0) {
    fail(path, std::strerror(errno));
  }
  if (status.st_uid != ::geteuid()) {
    fail(path, "the folder belongs to somebody else");
  }
  if (::fchmod(directory.get(), 0700) != 0) {
    fail(path, std::strerror(errno));
  }
  return directory;
}

}  // namespace

std::optional<FileStamp> stampOf(int descriptor) noexcept {
  struct stat status {};

  return ::fstat(descriptor, &status) == 0 ? std::optional(toStamp(status)) : std::nullopt;
}

BlobFolder::BlobFolder(const std::filesystem::path& path)
    : directory_(openDirectory(path)),
      owner_(::geteuid()) {
  // Locks the folder itself, so the lock does not depend on any file in it.
  if (::flock(directory_.get(), LOCK_EX | LOCK_NB) != 0) {
    fail(path, errno == EWOULDBLOCK ? "another process has it" : std::strerror(errno));
  }
}

bool BlobFolder::isGone() const noexcept {
  struct stat status {};

  return ::fstat(directory_.get(), &status) != 0 || status.st_nlink == 0;
}

std::vector<BlobListing> BlobFolder::list() const {
  std::vector<BlobListing> found;
  const int copy = ::openat(directory_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* const stream = copy < 0 ? nullptr : ::fdopendir(copy);
  if (stream == nullptr) {
    return found;
  }
  const std::unique_ptr<DIR, int (*)(DIR*)> closed(stream, ::closedir);
  while (const dirent* const entry = ::readdir(stream)) {
    const std::string name = entry->d_name;

    struct stat status {};

    if (name.starts_with(kUnfinished)) {
      remove(name);
    } else if (isBlobName(name) &&
               ::fstatat(directory_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
      found.push_back({name, static_cast<std::uint64_t>(status.st_size),
                       std::max(timeOf(status.st_atim), timeOf(status.st_mtim))});
    }
  }
  std::sort(found.begin(), found.end(), [](const BlobListing& left, const BlobListing& right) {
    return left.usedAt < right.usedAt;
  });
  return found;
}

std::optional<OpenedBlob> BlobFolder::open(const std::string& name) const noexcept {
  base::UniqueDescriptor file(
      ::openat(directory_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));

  struct stat status {};

  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_uid != owner_) {
    return std::nullopt;
  }
  return OpenedBlob{std::move(file), toStamp(status), static_cast<std::uint64_t>(status.st_size)};
}

base::UniqueDescriptor BlobFolder::create(const std::string& name) const noexcept {
  return base::UniqueDescriptor(
      ::openat(directory_.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

bool BlobFolder::rename(const std::string& from, const std::string& to) const noexcept {
  return ::renameat(directory_.get(), from.c_str(), directory_.get(), to.c_str()) == 0;
}

void BlobFolder::remove(const std::string& name) const noexcept {
  ::unlinkat(directory_.get(), name.c_str(), 0);
}

std::string unfinishedName(std::uint64_t number) {
  return std::string(kUnfinished) + std::to_string(number);
}

}  // namespace mediadock::cache
