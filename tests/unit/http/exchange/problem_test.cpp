#include "http/exchange/problem.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

struct StatusCase {
  StorageErrc code;
  int status;
};

class StatusOf : public testing::TestWithParam<StatusCase> {};

TEST_P(StatusOf, FollowsTheContract) {
  EXPECT_EQ(statusOf(GetParam().code), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    All, StatusOf,
    testing::Values(
        StatusCase{StorageErrc::NotFound, 404}, StatusCase{StorageErrc::AlreadyExists, 409},
        StatusCase{StorageErrc::NotADirectory, 409}, StatusCase{StorageErrc::IsADirectory, 409},
        StatusCase{StorageErrc::DirectoryNotEmpty, 409}, StatusCase{StorageErrc::Conflict, 409},
        StatusCase{StorageErrc::InvalidPath, 400}, StatusCase{StorageErrc::InvalidArgument, 400},
        StatusCase{StorageErrc::ChecksumMismatch, 400}, StatusCase{StorageErrc::Unsupported, 501},
        StatusCase{StorageErrc::Unauthenticated, 502},
        StatusCase{StorageErrc::PermissionDenied, 403},
        StatusCase{StorageErrc::PreconditionFailed, 412},
        StatusCase{StorageErrc::RangeNotSatisfiable, 416}, StatusCase{StorageErrc::Locked, 423},
        StatusCase{StorageErrc::InsufficientStorage, 507},
        StatusCase{StorageErrc::PayloadTooLarge, 413},
        StatusCase{StorageErrc::RejectedContent, 422}, StatusCase{StorageErrc::RateLimited, 429},
        StatusCase{StorageErrc::Unavailable, 503}, StatusCase{StorageErrc::Timeout, 504},
        StatusCase{StorageErrc::Cancelled, 503}, StatusCase{StorageErrc::Connection, 503},
        StatusCase{StorageErrc::Tls, 502}, StatusCase{StorageErrc::Protocol, 502},
        StatusCase{StorageErrc::Truncated, 502}, StatusCase{StorageErrc::ConfigInvalid, 503},
        StatusCase{StorageErrc::Internal, 500}),
    [](const auto& test) { return std::string(toString(test.param.code)); });

TEST(ToProblem, SaysWhenToComeBack) {
  const auto asked = toProblem(StorageError(StorageFailure{
      .code = StorageErrc::RateLimited, .message = "x", .retryAfter = std::chrono::seconds(7)}));
  const auto unasked = toProblem(StorageError(StorageErrc::Locked, "x"));

  ASSERT_EQ(asked.headers.size(), 1U);
  EXPECT_EQ(asked.headers.front(), Headers::Field("Retry-After", "7"));
  ASSERT_EQ(unasked.headers.size(), 1U);
  EXPECT_EQ(unasked.headers.front().first, "Retry-After");
}

TEST(ToProblem, TellsTheCallerWhatItCanMend) {
  const auto problem =
      toProblem(StorageError(StorageErrc::Unavailable, "Nextcloud not configured"));

  EXPECT_EQ(problem.status, 503);
  EXPECT_EQ(problem.detail, "Nextcloud not configured");
}

TEST(ToProblem, KeepsUpstreamWordsToItself) {
  const auto broken = toProblem(
      StorageError(StorageErrc::Protocol, "GET https://cloud.example.test/x: secret nonsense"));
  const auto unavailable =
      toProblem(StorageError(StorageErrc::Unavailable, "https://cloud.example.test is down"));

  EXPECT_THAT(broken.detail, Not(HasSubstr("secret")));
  EXPECT_THAT(unavailable.detail, Not(HasSubstr("example.test")));
}

TEST(ProblemJson, X25HasAllMembersAndEscapesWhatCouldEndAScript) {
  const std::string json = toJson(Problem{.status = 404, .detail = "<script>\"\n"}, "id-1");

  EXPECT_EQ(json,
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
            "\"detail\":\"\\u003cscript>\\\"\\u000a\",\"request_id\":\"id-1\"}");
}

}  // namespace
}  // namespace mediadock::http
