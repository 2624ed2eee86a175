#include "dav/status_error.h"

#include "support/storage_error_matcher.h"
#include "unit/nextcloud/dav/transcript.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

StorageFailure meaningOf(DavCall call, const std::string& recorded) {
  const auto response = recordedResponse(recorded);
  return toFailure(call, {.status = response.status, .body = parseDavErrorBody(response.body)});
}

struct Case {
  const char* name;
  DavCall call;
  int status;
  StorageErrc code;
  Retry retry;
};

class Status : public testing::TestWithParam<Case> {};

TEST_P(Status, HasItsMeaning) {
  const auto failure = toFailure(GetParam().call, {.status = GetParam().status});

  EXPECT_EQ(failure.code, GetParam().code);
  EXPECT_EQ(failure.retry, GetParam().retry);
  EXPECT_EQ(failure.upstreamStatus, GetParam().status);
}

using E = StorageErrc;
using C = DavCall;
INSTANTIATE_TEST_SUITE_P(
    ToFailure, Status,
    testing::Values(Case{"LoginPage", C::Put, 200, E::Protocol, Retry::OutcomeUnknown},
                    Case{"Redirect", C::Look, 302, E::Protocol, Retry::Never},
                    Case{"BadRequest", C::Read, 400, E::Protocol, Retry::Never},
                    Case{"Unauthenticated", C::Look, 401, E::Unauthenticated, Retry::Never},
                    Case{"Forbidden", C::Put, 403, E::PermissionDenied, Retry::Never},
                    Case{"Missing", C::Read, 404, E::NotFound, Retry::Never},
                    Case{"PutBelowNothing", C::Put, 404, E::NotFound, Retry::Never},
                    Case{"FolderStands", C::MakeDirectory, 405, E::AlreadyExists, Retry::Never},
                    Case{"MethodUnknown", C::Move, 405, E::Unsupported, Retry::Never},
                    Case{"ParentMissing", C::MakeDirectory, 409, E::NotFound, Retry::Never},
                    Case{"MoveParentMissing", C::Move, 409, E::NotFound, Retry::Never},
                    Case{"RemoveConflict", C::Remove, 409, E::Conflict, Retry::Never},
                    Case{"Precondition", C::Remove, 412, E::PreconditionFailed, Retry::Never},
                    Case{"TooLarge", C::PutPart, 413, E::PayloadTooLarge, Retry::Never},
                    Case{"PathTooLong", C::Put, 414, E::InvalidPath, Retry::Never},
                    Case{"Rejected", C::Put, 415, E::RejectedContent, Retry::Never},
                    Case{"Range", C::Read, 416, E::RangeNotSatisfiable, Retry::Never},
                    Case{"RejectedToo", C::Publish, 422, E::RejectedContent, Retry::Never},
                    Case{"Locked", C::Put, 423, E::Locked, Retry::AfterDelay},
                    Case{"TooEarly", C::Look, 425, E::Unavailable, Retry::AfterDelay},
                    Case{"Throttled", C::Look, 429, E::RateLimited, Retry::AfterDelay},
                    Case{"FaultWhileReading", C::Read, 500, E::Protocol, Retry::Safe},
                    Case{"FaultWhileChanging", C::Publish, 500, E::Protocol, Retry::OutcomeUnknown},
                    Case{"NotImplemented", C::Copy, 501, E::Unsupported, Retry::Never},
                    Case{"BadGatewayReading", C::Look, 502, E::Unavailable, Retry::Safe},
                    Case{"BadGatewayChanging", C::Remove, 502, E::Unavailable,
                         Retry::OutcomeUnknown},
                    Case{"Overloaded", C::Put, 503, E::Unavailable, Retry::AfterDelay},
                    Case{"GatewayTimeout", C::Publish, 504, E::Timeout, Retry::OutcomeUnknown},
                    Case{"GatewayTimeoutReading", C::Look, 504, E::Timeout, Retry::Safe},
                    Case{"Full", C::PutPart, 507, E::InsufficientStorage, Retry::Never}),
    [](const auto& tested) { return tested.param.name; });

TEST(ToFailure, KnowsALockBehindA500) {
  EXPECT_EQ(meaningOf(DavCall::Move, "083").code, StorageErrc::Locked);
}

TEST(ToFailure, NamesMaintenance) {
  const auto failure = meaningOf(DavCall::Put, "091");

  EXPECT_EQ(failure.code, StorageErrc::Unavailable);
  EXPECT_NE(failure.message.find("in maintenance"), std::string::npos);
}

TEST(ToFailure, TellsABusyDatabaseFromMaintenance) {
  EXPECT_EQ(meaningOf(DavCall::Put, "052").message.find("in maintenance"), std::string::npos);
}

TEST(ToFailure, KnowsAForbiddenName) {
  EXPECT_EQ(meaningOf(DavCall::Put, "047").code, StorageErrc::InvalidPath);
  EXPECT_EQ(meaningOf(DavCall::Put, "048").code, StorageErrc::InvalidPath);
}

TEST(ToFailure, KeepsTheServersWords) {
  const auto failure = meaningOf(DavCall::Put, "051");

  EXPECT_EQ(failure.code, StorageErrc::InsufficientStorage);
  EXPECT_NE(failure.message.find("Insufficient space"), std::string::npos);
}

TEST(ToFailure, NamesTheHostOfARedirectAndNoCredentials) {
  const auto failure = toFailure(
      DavCall::Look, {.status = 301, .location = "http://me:secret@other.example.test/login?x=1"});

  EXPECT_NE(failure.message.find("http://other.example.test;"), std::string::npos);
  EXPECT_EQ(failure.message.find("secret"), std::string::npos);
}

// E10.

TEST(ParseDavErrorBody, CutsAndCleansAPage) {
  const auto body = parseDavErrorBody("<html><h1>502\r\n\x1b[31m Bad</h1>" +
                                      std::string(100000, 'x') + "</html>");

  EXPECT_TRUE(body.message.starts_with("502 [31m Bad"));
  EXPECT_LE(body.message.size(), 300U);
  EXPECT_EQ(body.exception, "");
}

}  // namespace
}  // namespace mediadock::nextcloud
