#include "files/file_copy.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <span>
#include <unistd.h>
#include <vector>

namespace mediadock::localdisk {
namespace {

/// Number of bytes copied between checks of the call's limits.
constexpr std::uint64_t kKernelBlockBytes = 16UL << 20U;
constexpr std::uint64_t kOwnBlockBytes = 256UL << 10U;

bool lacksKernelCopy(int errorNumber) noexcept {
  return errorNumber == EXDEV || errorNumber == EINVAL || errorNumber == ENOSYS ||
         errorNumber == EOPNOTSUPP;
}

/// Copies as much as the kernel does, and returns the number of bytes.
std::uint64_t copyInKernel(int source, std::uint64_t length, AtomicFile& target, const Call& call) {
  std::uint64_t copied = 0;
  while (copied < length) {
    call.checkpoint();
    auto position = static_cast<off_t>(copied);
    const auto wanted = std::min(length - copied, kKernelBlockBytes);
    const auto got = uninterrupted([&] {
      return ::copy_file_range(source, &position, target.descriptor(), nullptr, wanted, 0);
    });
    if (got < 0 && !lacksKernelCopy(errno)) {
      call.failWithErrno(errno, "copying");
    }
    if (got <= 0) {
      return copied;
    }
    copied += static_cast<std::uint64_t>(got);
  }
  return copied;
}

}  // namespace

void copyContent(int source, std::uint64_t length, AtomicFile& target, const Call& call) {
  auto copied = copyInKernel(source, length, target, call);
  std::vector<std::byte> block(static_cast<std::size_t>(std::min(length - copied, kOwnBlockBytes)));
  while (copied < length) {
    const auto wanted = std::min<std::uint64_t>(length - copied, block.size());
    const auto got = uninterrupted(
        [&] { return ::pread(source, block.data(), wanted, static_cast<off_t>(copied)); });
    if (got < 0) {
      call.failWithErrno(errno, "reading the source");
    }
    if (got == 0) {
      call.fail(StorageErrc::Truncated, "the source was cut while it was copied");
    }
    target.append(std::span(block).first(static_cast<std::size_t>(got)), call);
    copied += static_cast<std::uint64_t>(got);
  }
}

}  // namespace mediadock::localdisk
