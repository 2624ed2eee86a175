#include "media/upload_spool.h"

#include "media/random_id.h"
#include "mediadock/storage_error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* what, int error) {
  const bool isFull = error == ENOSPC || error == EDQUOT;
  throw StorageError(isFull ? StorageErrc::InsufficientStorage : StorageErrc::Internal,
                     std::string(what) + " an unfinished upload: " + std::strerror(error));
}

bool isPlainName(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// File systems without the call run full while writing instead.
void takeRoom(int descriptor, std::uint64_t size) {
  const auto length = static_cast<off_t>(size);
  if (size > 0 && ::fallocate(descriptor, 0, 0, length) != 0) {
    if (errno != EOPNOTSUPP && errno != ENOSYS) {
      fail("taking room for", errno);
    }
    if (::ftruncate(descriptor, length) != 0) {
      fail("taking room for", errno);
    }
  }
}

}  // namespace

SpooledFile::SpooledFile(int descriptor, std::string name) noexcept
    : descriptor_(descriptor),
      name_(std::move(name)) {}

SpooledFile::SpooledFile(SpooledFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)) {}

SpooledFile::~SpooledFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

void SpooledFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto written =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno != EINTR) {
      fail("writing", errno);
    }
    if (written > 0) {
      offset += static_cast<std::uint64_t>(written);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
}

std::size_t SpooledFile::read(std::uint64_t offset, std::span<std::byte> buffer) const {
  for (;;) {
    const auto got = ::pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      fail("reading", errno);
    }
  }
}

void SpooledFile::sync() {
  if (::fdatasync(descriptor_) != 0) {
    fail("keeping", errno);
  }
}

UploadSpool::UploadSpool(fs::path directory, std::uint64_t maxBytes)
    : directory_(std::move(directory)),
      maxBytes_(maxBytes) {}

SpooledFile UploadSpool::create(std::uint64_t size) {
  std::error_code error;
  fs::create_directories(directory_, error);
  if (error) {
    fail("making the folder for", error.value());
  }
  const std::lock_guard lock(mutex_);
  const auto promised = promisedBytes();
  if (promised > maxBytes_ || size > maxBytes_ - promised) {
    throw StorageError({.code = StorageErrc::InsufficientStorage,
                        .message = "the room for unfinished uploads is used up",
                        .retry = Retry::AfterDelay});
  }
  auto name = randomId();
  const auto path = directory_ / name;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    fail("making a file for", errno);
  }
  SpooledFile file(descriptor, std::move(name));
  try {
    takeRoom(descriptor, size);
  } catch (const StorageError&) {
    remove(file.name());
    throw;
  }
  return file;
}

std::optional<SpooledFile> UploadSpool::open(const std::string& name) const {
  if (!isPlainName(name)) {
    return std::nullopt;
  }
  const int descriptor = ::open((directory_ / name).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0 && errno != ENOENT) {
    fail("opening", errno);
  }
  return descriptor < 0 ? std::nullopt : std::optional(SpooledFile(descriptor, name));
}

void UploadSpool::remove(const std::string& name) const noexcept {
  if (isPlainName(name)) {
    ::unlink((directory_ / name).c_str());
  }
}

void UploadSpool::sweep(std::chrono::seconds age) const noexcept {
  const auto youngest = fs::file_time_type::clock::now() - age;
  std::error_code error;
  for (fs::directory_iterator file(directory_, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code ignored;
    const bool isOurs = isPlainName(file->path().filename().string());
    if (isOurs && file->last_write_time(ignored) < youngest && !ignored) {
      fs::remove(file->path(), ignored);
    }
  }
}

std::uint64_t UploadSpool::promisedBytes() const {
  std::uint64_t sum = 0;
  for (const auto& file : fs::directory_iterator(directory_)) {
    std::error_code gone;
    const auto size = file.file_size(gone);
    sum += gone ? 0 : size;
  }
  return sum;
}

}  // namespace mediadock
