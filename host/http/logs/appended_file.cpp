#include "http/logs/appended_file.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace mediadock::http {
namespace {

constexpr mode_t kMode = 0640;

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

}  // namespace

AppendedFile::AppendedFile(std::filesystem::path path) : path_(std::move(path)) {
  open();
}

void AppendedFile::append(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (!isInPlace()) {
    open();
  }
  write((isBroken_ ? "\n" : "") + std::string(line) + "\n");
}

void AppendedFile::open() {
  file_.reset();
  file_ = base::UniqueDescriptor(
      ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kMode));
  if (!file_) {
    fail();
  }
  isBroken_ = false;
}

/// Whether the path still refers to the open file.
bool AppendedFile::isInPlace() const noexcept {
  struct stat open {};

  struct stat named {};

  return file_ && ::fstat(file_.get(), &open) == 0 && ::stat(path_.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

void AppendedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
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

}  // namespace mediadock::http
