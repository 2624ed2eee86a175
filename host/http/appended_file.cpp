#include "http/appended_file.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock {
namespace {

constexpr mode_t kMode = 0640;

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

}  // namespace

AppendedFile::AppendedFile(std::filesystem::path path) : path_(std::move(path)) {
  open();
}

AppendedFile::~AppendedFile() {
  close();
}

void AppendedFile::append(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (!isInPlace()) {
    close();
    open();
  }
  write((isBroken_ ? "\n" : "") + std::string(line) + "\n");
}

void AppendedFile::open() {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kMode);
  if (descriptor_ < 0) {
    fail();
  }
  isBroken_ = false;
}

void AppendedFile::close() noexcept {
  if (descriptor_ >= 0) {
    ::close(std::exchange(descriptor_, -1));
  }
}

/// Whether the path still leads to the open file.
bool AppendedFile::isInPlace() const noexcept {
  struct stat open {};

  struct stat named {};

  return descriptor_ >= 0 && ::fstat(descriptor_, &open) == 0 &&
         ::stat(path_.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
         open.st_ino == named.st_ino;
}

void AppendedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      fail();
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    isBroken_ = !bytes.empty();
  }
}

}  // namespace mediadock
