#include "writing/spool_file.h"

#include "mediadock/storage_error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace mediadock::nextcloud {
namespace {

[[noreturn]] void fail(const char* what) {
  const int error = errno;
  const bool isFull = error == ENOSPC || error == EDQUOT;
  throw StorageError(isFull ? StorageErrc::InsufficientStorage : StorageErrc::Internal,
                     std::string(what) + " of an upload of unknown size: " + std::strerror(error));
}

}  // namespace

SpoolFile::SpoolFile() {
  std::error_code ignored;
  const auto folder = std::filesystem::temp_directory_path(ignored);
  auto name = ((ignored ? std::filesystem::path("/tmp") : folder) / "mediadock-XXXXXX").string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    fail("no temporary file for the bytes");
  }
  ::unlink(name.c_str());
}

SpoolFile::~SpoolFile() {
  ::close(descriptor_);
}

void SpoolFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      fail("cannot keep the bytes");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t SpoolFile::read(std::uint64_t offset, std::span<char> bytes) const {
  for (;;) {
    const auto count = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count >= 0) {
      return static_cast<std::size_t>(count);
    }
    if (errno != EINTR) {
      fail("cannot read the bytes");
    }
  }
}

}  // namespace mediadock::nextcloud
