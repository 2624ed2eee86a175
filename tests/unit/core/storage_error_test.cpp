#include "mediadock/storage_error.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

TEST(StorageError, KeepsItsFailureWhenCopied) {
  const StorageError error({.code = StorageErrc::Locked,
                            .message = "a.txt is locked",
                            .retry = Retry::AfterDelay,
                            .retryAfter = std::chrono::seconds(3),
                            .upstreamStatus = 423});

  const auto copy = error;

  EXPECT_EQ(copy.code(), StorageErrc::Locked);
  EXPECT_STREQ(copy.what(), "a.txt is locked");
  EXPECT_EQ(copy.failure().retryAfter, std::chrono::seconds(3));
  EXPECT_EQ(copy.failure().upstreamStatus, 423);
}

TEST(StorageError, HasAWireNameForEachCodeAndAdvice) {
  EXPECT_EQ(toString(StorageErrc::NotFound), "not_found");
  EXPECT_EQ(toString(StorageErrc::Unauthenticated), "unauthenticated");
  EXPECT_EQ(toString(StorageErrc::Internal), "internal");
  EXPECT_EQ(toString(Retry::Never), "never");
  EXPECT_EQ(toString(Retry::OutcomeUnknown), "outcome_unknown");
}

}  // namespace
}  // namespace mediadock
