#include "calls/errno_error.h"

#include "calls/call.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

namespace mediadock::localdisk {
namespace {

struct ErrnoCase {
  const char* name;
  int errorNumber;
  StorageErrc code;
};

class ToStorageErrc : public ::testing::TestWithParam<ErrnoCase> {};

TEST_P(ToStorageErrc, SaysWhatTheErrorMeans) {
  EXPECT_EQ(toStorageErrc(GetParam().errorNumber), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Errno, ToStorageErrc,
    ::testing::Values(ErrnoCase{"ENOENT", ENOENT, StorageErrc::NotFound},
                      ErrnoCase{"EEXIST", EEXIST, StorageErrc::AlreadyExists},
                      ErrnoCase{"ENOTDIR", ENOTDIR, StorageErrc::NotADirectory},
                      ErrnoCase{"EISDIR", EISDIR, StorageErrc::IsADirectory},
                      ErrnoCase{"ENOTEMPTY", ENOTEMPTY, StorageErrc::DirectoryNotEmpty},
                      ErrnoCase{"ENAMETOOLONG", ENAMETOOLONG, StorageErrc::InvalidPath},
                      ErrnoCase{"EACCES", EACCES, StorageErrc::PermissionDenied},
                      ErrnoCase{"EROFS", EROFS, StorageErrc::PermissionDenied},
                      ErrnoCase{"ELOOP", ELOOP, StorageErrc::PermissionDenied},
                      ErrnoCase{"ENOSPC", ENOSPC, StorageErrc::InsufficientStorage},
                      ErrnoCase{"EDQUOT", EDQUOT, StorageErrc::InsufficientStorage},
                      ErrnoCase{"EFBIG", EFBIG, StorageErrc::PayloadTooLarge},
                      ErrnoCase{"EBUSY", EBUSY, StorageErrc::Locked},
                      ErrnoCase{"EXDEV", EXDEV, StorageErrc::Conflict},
                      ErrnoCase{"ENOSYS", ENOSYS, StorageErrc::Unsupported},
                      ErrnoCase{"EMFILE", EMFILE, StorageErrc::Unavailable},
                      ErrnoCase{"EIO", EIO, StorageErrc::Unavailable},
                      ErrnoCase{"ESTALE", ESTALE, StorageErrc::Connection},
                      ErrnoCase{"ETIMEDOUT", ETIMEDOUT, StorageErrc::Timeout},
                      ErrnoCase{"EDOM", EDOM, StorageErrc::Internal}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Call, NamesOperationPathReasonAndErrno) {
  const Call call("openRead", StoragePath::parse("a/b.jpg"), {}, {});

  try {
    call.failWithErrno(EMFILE, "opening the file");
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.failure().operation, "openRead");
    EXPECT_EQ(error.failure().path, "a/b.jpg");
    EXPECT_EQ(error.failure().upstreamStatus, EMFILE);
    EXPECT_EQ(error.failure().retry, Retry::AfterDelay);
    EXPECT_EQ(std::string(error.what()),
              "openRead 'a/b.jpg': opening the file: Too many open files");
  }
}

TEST(Call, LeavesTheOutcomeOpenAfterThePointOfNoReturn) {
  const Call call("commit", {}, {}, {});

  try {
    call.failUnconfirmed(EIO, "making the change durable");
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.failure().retry, Retry::OutcomeUnknown);
  }
}

TEST(Call, EndsWithItsDeadlineButItsStreamDoesNot) {
  const Call call("list", {}, {.deadline = CallContext::Clock::now()}, {});

  EXPECT_THAT([&] { call.checkpoint(); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_NO_THROW(call.streamStep("read").checkpoint());
}

}  // namespace
}  // namespace mediadock::localdisk
