#include "http/connection/descriptor_room.h"

#include <algorithm>
#include <fcntl.h>
#include <limits>
#include <sys/resource.h>
#include <unistd.h>

namespace mediadock::guard {
namespace {

int descriptorLimit() noexcept {
  constexpr rlim_t kMost = std::numeric_limits<int>::max();
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<int>(std::min(limit.rlim_cur, kMost))
                                                 : 0;
}

}  // namespace

DescriptorRoom::DescriptorRoom() : firstKept_(descriptorLimit()) {
  firstKept_ -= std::min(firstKept_ / 3, kMostKept);
}

bool DescriptorRoom::isShort(int descriptor) const noexcept {
  const int lowest = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (lowest >= 0) {
    ::close(lowest);
  }
  return lowest < 0 || lowest >= firstKept_;
}

}  // namespace mediadock::guard
