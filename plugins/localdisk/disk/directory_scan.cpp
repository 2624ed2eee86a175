#include "disk/directory_scan.h"

#include "calls/errno_error.h"

#include <cerrno>
#include <string_view>

namespace mediadock::localdisk {
namespace {

constexpr std::size_t kNamesBetweenCheckpoints = 512;

}  // namespace

DirectoryScan::DirectoryScan(UniqueDescriptor directory, const Call& call) : call_(call) {
  if (directory) {
    stream_.reset(::fdopendir(directory.get()));
  }
  if (!stream_) {
    call.failWithErrno(errno, "reading the folder");
  }
  // The stream owns and closes it from now on.
  directory.release();
}

std::optional<DirectoryScan::Found> DirectoryScan::next() {
  while (true) {
    if (count_++ % kNamesBetweenCheckpoints == 0) {
      call_.checkpoint();
    }
    errno = 0;
    const dirent* found = ::readdir(stream_.get());
    if (found == nullptr && errno != 0) {
      call_.fail(StorageErrc::Truncated, "reading the folder: " + describeErrno(errno));
    }
    if (found == nullptr) {
      return std::nullopt;
    }
    const std::string_view name = found->d_name;
    if (name != "." && name != "..") {
      return Found{std::string(name), kindOf(*found)};
    }
  }
}

FileKind DirectoryScan::kindOf(const dirent& found) const {
  switch (found.d_type) {
    case DT_REG:
      return FileKind::File;
    case DT_DIR:
      return FileKind::Directory;
    case DT_UNKNOWN: {
      // Some file systems do not report the type.
      const auto status = statusAt(descriptor(), found.d_name, call_);
      return status ? status->kind : FileKind::Other;
    }
    default:
      return FileKind::Other;
  }
}

}  // namespace mediadock::localdisk
