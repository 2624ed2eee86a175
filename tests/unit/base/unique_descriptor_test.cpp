#include "base/unique_descriptor.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <utility>

namespace mediadock::base {
namespace {

bool isOpen(int descriptor) {
  return ::fcntl(descriptor, F_GETFD) >= 0;
}

int openNull() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

TEST(UniqueDescriptor, ClosesAtDestruction) {
  const int descriptor = openNull();
  {
    const UniqueDescriptor owner(descriptor);
    EXPECT_TRUE(owner);
    EXPECT_TRUE(isOpen(descriptor));
  }
  EXPECT_FALSE(isOpen(descriptor));
}

TEST(UniqueDescriptor, LeavesErrnoAlone) {
  {
    const UniqueDescriptor broken(1 << 20);
    errno = ENOSPC;
  }
  EXPECT_EQ(errno, ENOSPC);
}

TEST(UniqueDescriptor, ClosesWhatAnAssignmentReplaces) {
  const int former = openNull();
  const int next = openNull();
  UniqueDescriptor owner(former);
  UniqueDescriptor other(next);
  owner = std::move(other);
  EXPECT_FALSE(isOpen(former));
  EXPECT_EQ(owner.get(), next);
}

TEST(UniqueDescriptor, GivesItsDescriptorAway) {
  UniqueDescriptor owner(openNull());
  const UniqueDescriptor next(owner.release());
  EXPECT_FALSE(owner);
  EXPECT_TRUE(isOpen(next.get()));
}

}  // namespace
}  // namespace mediadock::base
