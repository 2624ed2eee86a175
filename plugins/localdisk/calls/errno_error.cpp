#include "calls/errno_error.h"

#include <cerrno>
#include <system_error>

namespace mediadock::localdisk {

StorageErrc toStorageErrc(int errorNumber) noexcept {
  switch (errorNumber) {
    case ENOENT:
      return StorageErrc::NotFound;
    case EEXIST:
      return StorageErrc::AlreadyExists;
    case ENOTDIR:
      return StorageErrc::NotADirectory;
    case EISDIR:
      return StorageErrc::IsADirectory;
    case ENOTEMPTY:
      return StorageErrc::DirectoryNotEmpty;
    case ENAMETOOLONG:
    case EILSEQ:
      return StorageErrc::InvalidPath;
    case EINVAL:
      return StorageErrc::InvalidArgument;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
      return StorageErrc::PermissionDenied;
    case ENOSPC:
    case EDQUOT:
      return StorageErrc::InsufficientStorage;
    case EFBIG:
    case EOVERFLOW:
      return StorageErrc::PayloadTooLarge;
    case EBUSY:
    case ETXTBSY:
      return StorageErrc::Locked;
    case EXDEV:
    case EMLINK:
      return StorageErrc::Conflict;
    case ENOSYS:
    case EOPNOTSUPP:
      return StorageErrc::Unsupported;
    case EAGAIN:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOLCK:
    case EIO:
      return StorageErrc::Unavailable;
    // Returned by network file systems whose server is unreachable.
    case ESTALE:
    case ENOTCONN:
    case ECONNRESET:
    case EHOSTDOWN:
    case EHOSTUNREACH:
      return StorageErrc::Connection;
    case ETIMEDOUT:
      return StorageErrc::Timeout;
    default:
      return StorageErrc::Internal;
  }
}

Retry usualAdvice(StorageErrc code) noexcept {
  switch (code) {
    case StorageErrc::Locked:
    case StorageErrc::RateLimited:
    case StorageErrc::Unavailable:
      return Retry::AfterDelay;
    case StorageErrc::Cancelled:
    case StorageErrc::Connection:
    case StorageErrc::Timeout:
    case StorageErrc::Truncated:
      return Retry::Safe;
    default:
      return Retry::Never;
  }
}

bool saysAbsent(int errorNumber) noexcept {
  return errorNumber == ENOENT || errorNumber == ENOTDIR || errorNumber == ELOOP;
}

std::string describeErrno(int errorNumber) {
  switch (errorNumber) {
    case ELOOP:
      return "a symbolic link is in the way, and none is followed";
    case EXDEV:
      return "it lies on another file system";
    case ENOSYS:
      return "the kernel does not know this system call";
    default:
      return std::generic_category().message(errorNumber);
  }
}

}  // namespace mediadock::localdisk
