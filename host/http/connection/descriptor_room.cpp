#include "http/connection/descriptor_room.h"

#include <algorithm>
#include <fcntl.h>
#include <limits>
#include <sys/resource.h>
#include <unistd.h>

namespace mediadock::http::guard {
namespace {

int descriptorLimit() noexcept {
  constexpr rlim_t kMost = std::numeric_limits<int>::max();
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<int>(std::min(limit.rlim_cur, kMost))
                                                 : 0;
}

}  // namespace

DescriptorRoom::DescriptorRoom() : firstReserved_(descriptorLimit()) {
  firstReserved_ -= std::min(firstReserved_ / 3, kMostReserved);
}

bool DescriptorRoom::isShort(int descriptor) const noexcept {
  const int lowest = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (lowest >= 0) {
    ::close(lowest);
  }
  return lowest < 0 || lowest >= firstReserved_;
}

}  // namespace mediadock::http::guard
