#include "records/sql/disk_reserve.h"

#include "base/unique_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mediadock::records {
namespace {

constexpr off_t kLength = DiskReserve::kBytes;

/// Some of the space stays free for the file system's metadata.
constexpr off_t kInherited = kLength / 2;

off_t lengthOf(int descriptor) noexcept {
  struct stat status {};

  return ::fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

}  // namespace

void DiskReserve::take() noexcept {
  const std::lock_guard lock(mutex_);
  if (isHeld_) {
    return;
  }
  const base::UniqueDescriptor file(
      ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) {
    return;
  }
  isHeld_ = lengthOf(file.get()) >= kLength || ::posix_fallocate(file.get(), 0, kLength) == 0;
  if (!isHeld_) {
    ::unlink(file_.c_str());
  }
}

bool DiskReserve::giveTo(const std::string& heir) noexcept {
  const std::lock_guard lock(mutex_);
  if (!isHeld_) {
    return false;
  }
  isHeld_ = false;
  if (::unlink(file_.c_str()) != 0) {
    return false;
  }
  if (const base::UniqueDescriptor file(::open(heir.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
      file) {
    // At once, before another process takes the space. If this fails, any process may take it.
    ::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, lengthOf(file.get()), kInherited);
  }
  return true;
}

}  // namespace mediadock::records
