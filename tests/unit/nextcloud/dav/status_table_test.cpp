// E01: every status that a storage may answer, to every kind of request.

#include "dav/status_error.h"
#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mediadock::nextcloud {
namespace {

using E = StorageErrc;
using C = DavCall;

struct Meaning {
  E code;
  Retry retry;

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

std::ostream& operator<<(std::ostream& out, const Meaning& meaning) {
  return out << toString(meaning.code) << '/' << toString(meaning.retry);
}

/// What a status means to a request that changes nothing.
const std::map<int, Meaning> kReading{
    {400, {E::Protocol, Retry::Never}},
    {401, {E::Unauthenticated, Retry::Never}},
    {403, {E::PermissionDenied, Retry::Never}},
    {404, {E::NotFound, Retry::Never}},
    {405, {E::Unsupported, Retry::Never}},
    {409, {E::Conflict, Retry::Never}},
    {412, {E::PreconditionFailed, Retry::Never}},
    {413, {E::PayloadTooLarge, Retry::Never}},
    {415, {E::Conflict, Retry::Never}},
    {416, {E::RangeNotSatisfiable, Retry::Never}},
    {422, {E::Conflict, Retry::Never}},
    {423, {E::Locked, Retry::AfterDelay}},
    {425, {E::Unavailable, Retry::AfterDelay}},
    {429, {E::RateLimited, Retry::AfterDelay}},
    {500, {E::Protocol, Retry::Safe}},
    {501, {E::Unsupported, Retry::Never}},
    {502, {E::Unavailable, Retry::Safe}},
    {503, {E::Unavailable, Retry::AfterDelay}},
    {504, {E::Timeout, Retry::Safe}},
    {507, {E::InsufficientStorage, Retry::Never}},
};

using Meanings = std::map<int, Meaning>;

/// `own`, and else what holds for all requests that change something under a final name.
Meanings changing(Meanings own) {
  own.insert({{500, {E::Protocol, Retry::OutcomeUnknown}},
              {502, {E::Unavailable, Retry::OutcomeUnknown}},
              {504, {E::Timeout, Retry::OutcomeUnknown}}});
  return own;
}

const Meaning kNoParent{E::NotFound, Retry::Never};
const Meaning kRejected{E::RejectedContent, Retry::Never};

struct Row {
  const char* name;
  DavCall call;
  /// Where it differs from reading.
  Meanings own;
};

class StatusTable : public testing::TestWithParam<Row> {};

TEST_P(StatusTable, GivesEachStatusItsMeaning) {
  for (const auto& [status, reading] : kReading) {
    const auto own = GetParam().own.find(status);
    const auto failure = toFailure(GetParam().call, {.status = status});

    EXPECT_EQ((Meaning{failure.code, failure.retry}),
              own == GetParam().own.end() ? reading : own->second)
        << status;
    EXPECT_EQ(failure.upstreamStatus, status);
    EXPECT_NE(failure.message.find(std::to_string(status)), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(
    ToFailure, StatusTable,
    testing::Values(
        Row{"Discover", C::Discover, {}}, Row{"Look", C::Look, {}}, Row{"Read", C::Read, {}},
        Row{"Put", C::Put, changing({{409, kNoParent}, {415, kRejected}, {422, kRejected}})},
        Row{"PutPart", C::PutPart, {{409, kNoParent}, {415, kRejected}, {422, kRejected}}},
        Row{"Publish", C::Publish,
            changing({{409, kNoParent}, {415, kRejected}, {422, kRejected}})},
        Row{"MakeDirectory", C::MakeDirectory,
            changing({{405, {E::AlreadyExists, Retry::Never}}, {409, kNoParent}})},
        Row{"Remove", C::Remove, changing({})}, Row{"Move", C::Move, changing({{409, kNoParent}})},
        Row{"Copy", C::Copy, changing({{409, kNoParent}})}),
    [](const auto& tested) { return tested.param.name; });

/// The calls that only read, against a server that answers nothing else.
class ReadingCalls : public testing::Test {
 protected:
  StorageFailure failureOf(const std::function<void(IStorageProvider&)>& call) {
    const Settings settings({{"url", server_.url() + "/remote.php/dav/files/" + server_.username()},
                             {"username", server_.username()},
                             {"app_password", server_.password()},
                             {"retries", "0"}});
    const auto provider = makeNextcloudProvider({settings, log_});
    try {
      call(*provider);
    } catch (const StorageError& error) {
      return error.failure();
    }
    return {.message = "nothing thrown"};
  }

  SilentLog log_;
  ScriptedNextcloud server_;
};

TEST_F(ReadingCalls, GiveEachStatusItsMeaning) {
  const auto file = StoragePath::parse("file");
  const std::vector<std::function<void(IStorageProvider&)>> calls{
      [&](IStorageProvider& storage) { storage.stat(file, {}); },
      [&](IStorageProvider& storage) { storage.list(file, {}, {}); },
      [&](IStorageProvider& storage) { storage.openRead(file, {}, {}); },
      [&](IStorageProvider& storage) { storage.quota({}); },
      [&](IStorageProvider& storage) { storage.check({}); },
  };
  for (const auto& [status, meaning] : kReading) {
    if (status == 404 || status == 416) {
      // An answer to these calls, not a trouble.
      continue;
    }
    server_.behave();
    server_.misbehave({.pathPart = "/files/", .action = scripted::answerPage(status)});
    for (const auto& call : calls) {
      const auto failure = failureOf(call);
      EXPECT_EQ((Meaning{failure.code, failure.retry}), meaning)
          << status << ' ' << failure.message;
      EXPECT_EQ(failure.upstreamStatus, status);
    }
  }
}

// E03, problem 6.

TEST_F(ReadingCalls, TakeMaintenanceForNothingElse) {
  server_.putFile("file", "x");
  server_.setMaintenance(true);
  const auto file = StoragePath::parse("file");
  for (const auto& call : std::vector<std::function<void(IStorageProvider&)>>{
           [&](IStorageProvider& storage) { storage.stat(file, {}); },
           [&](IStorageProvider& storage) { storage.list({}, {}, {}); },
           [&](IStorageProvider& storage) { storage.openRead(file, {}, {}); },
           [&](IStorageProvider& storage) { storage.check({}); }}) {
    const auto failure = failureOf(call);
    EXPECT_EQ(failure.code, E::Unavailable);
    EXPECT_EQ(failure.retry, Retry::AfterDelay);
    EXPECT_NE(failure.message.find("maintenance"), std::string::npos);
  }
}

// Problem 37.

TEST_F(ReadingCalls, TellTheCause) {
  server_.misbehave({.pathPart = "/files/",
                     .action = scripted::answerDavError(403, "Sabre\\DAV\\Exception\\Forbidden",
                                                        "No read permissions")});
  const auto failure = failureOf(
      [](IStorageProvider& storage) { storage.stat(StoragePath::parse("secret/file"), {}); });

  EXPECT_EQ(failure.operation, "stat");
  EXPECT_EQ(failure.path, "secret/file");
  EXPECT_EQ(failure.upstreamStatus, 403);
  EXPECT_NE(failure.message.find("Sabre\\DAV\\Exception\\Forbidden"), std::string::npos);
  EXPECT_NE(failure.message.find("No read permissions"), std::string::npos);
}

}  // namespace
}  // namespace mediadock::nextcloud
