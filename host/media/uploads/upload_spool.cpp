#include "media/uploads/upload_spool.h"

#include "base/text.h"
#include "media/rules/random_id.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock::media {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* what, int error) {
  const bool isFull = error == ENOSPC || error == EDQUOT;
  throw StorageError(isFull ? StorageErrc::InsufficientStorage : StorageErrc::Internal,
                     std::string(what) + " an unfinished upload: " + std::strerror(error));
}

bool isPlainName(const std::string& name) {
  return !name.empty() && base::isLowerHex(name);
}

[[noreturn]] void failFull() {
  throw StorageError({.code = StorageErrc::InsufficientStorage,
                      .message = "the room for unfinished uploads is used up",
                      .retry = Retry::AfterDelay});
}

void lock(int descriptor) {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    throw StorageError({.code = StorageErrc::Locked,
                        .message = "another host goes on with this upload",
                        .retry = Retry::AfterDelay});
  }
}

std::uint64_t sizeOf(int descriptor) noexcept {
  struct stat status {};

  return ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

SpooledFile::SpooledFile(UploadSpool& spool, base::UniqueDescriptor file, std::string name) noexcept
    : spool_(&spool),
      file_(std::move(file)),
      name_(std::move(name)),
      size_(sizeOf(file_.get())) {}

void SpooledFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  const auto end = offset + bytes.size();
  if (end > size_) {
    spool_->take(end - size_);
    size_ = end;
  }
  while (!bytes.empty()) {
    const auto written =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
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
    const auto got = ::pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      fail("reading", errno);
    }
  }
}

void SpooledFile::sync() {
  if (::fdatasync(file_.get()) != 0) {
    fail("keeping", errno);
  }
}

void SpooledFile::cut(std::uint64_t size) noexcept {
  if (size < size_ && ::ftruncate(file_.get(), static_cast<off_t>(size)) == 0) {
    spool_->giveBack(size_ - size);
    size_ = size;
  }
}

UploadSpool::UploadSpool(fs::path directory, std::uint64_t maxBytes)
    : directory_(std::move(directory)),
      maxBytes_(maxBytes) {}

void UploadSpool::requireRoom(std::uint64_t size) const {
  if (size > maxBytes_) {
    failFull();
  }
}

SpooledFile UploadSpool::create() {
  std::error_code error;
  if (fs::create_directories(directory_, error)) {
    fs::permissions(directory_, fs::perms::owner_all, error);
  }
  if (error) {
    fail("making the folder for", error.value());
  }
  auto name = randomId();
  const auto path = directory_ / name;
  base::UniqueDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) {
    fail("making a file for", errno);
  }
  lock(file.get());
  return SpooledFile(*this, std::move(file), std::move(name));
}

std::optional<SpooledFile> UploadSpool::open(const std::string& name) {
  if (!isPlainName(name)) {
    return std::nullopt;
  }
  base::UniqueDescriptor file(::open((directory_ / name).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!file && errno != ENOENT) {
    fail("opening", errno);
  }
  if (!file) {
    return std::nullopt;
  }
  lock(file.get());
  return SpooledFile(*this, std::move(file), name);
}

void UploadSpool::remove(const std::string& name) noexcept {
  struct stat status {};

  const auto path = directory_ / name;
  if (isPlainName(name) && ::stat(path.c_str(), &status) == 0 && ::unlink(path.c_str()) == 0) {
    giveBack(static_cast<std::uint64_t>(status.st_size));
  }
}

void UploadSpool::sweep(std::chrono::seconds age) noexcept {
  const auto youngest = fs::file_time_type::clock::now() - age;
  std::error_code error;
  for (fs::directory_iterator file(directory_, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code ignored;
    const auto name = file->path().filename().string();
    if (isPlainName(name) && file->last_write_time(ignored) < youngest && !ignored) {
      remove(name);
    }
  }
}

void UploadSpool::take(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  const bool seemsFull = bytes > maxBytes_ || used_ > maxBytes_ - bytes;
  if (seemsFull || uncounted_ >= kCountedAnew) {
    used_ = bytesThere();
    uncounted_ = 0;
  }
  if (bytes > maxBytes_ || used_ > maxBytes_ - bytes) {
    failFull();
  }
  used_ += bytes;
  uncounted_ += bytes;
}

void UploadSpool::giveBack(std::uint64_t bytes) noexcept {
  const std::lock_guard lock(mutex_);
  used_ -= std::min(used_, bytes);
}

std::uint64_t UploadSpool::bytesThere() const {
  std::uint64_t sum = 0;
  std::error_code error;
  for (fs::directory_iterator file(directory_, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code gone;
    const auto size = file->file_size(gone);
    sum += gone ? 0 : size;
  }
  return sum;
}

}  // namespace mediadock::media
