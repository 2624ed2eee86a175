// Writing to a share whose files may be changed, but neither be replaced, made nor removed.

#include "unit/nextcloud/writing/write_fixture.h"

#include <gmock/gmock.h>

#include <stop_token>
#include <thread>

namespace mediadock::nextcloud {
namespace {

using scripted::answerDavError;
using scripted::answerLocked;
using scripted::answerPage;
using scripted::CloseBeforeAnswer;
using scripted::Delay;
using scripted::WorkThenAnswer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const char* const kSharedFiles = "/dav/files/";

class UpdateOnlyShare : public NextcloudChange {
 protected:
  UpdateOnlyShare() {
    server_.putFile("share/f", "old content");
    server_.permitOnlyUpdates("share");
  }

  static WriteTarget sharedFile() { return {.path = StoragePath::parse("share/f")}; }

  void replace(const std::string& text, const WriteOptions& options = {}) {
    write(sharedFile(), text, options);
  }

  /// The requests that change something, each with its answer's status.
  std::vector<std::string> changes() const {
    std::vector<std::string> result;
    EXPECT_TRUE(server_.waitUntilIdle());
    for (const auto& request : server_.requests()) {
      if (request.method != "PROPFIND" && request.method != "GET" && request.method != "OPTIONS") {
        const bool isChunk = request.path.find(kChunks) != std::string::npos;
        result.push_back(request.method + (isChunk ? " upload " : " file ") +
                         std::to_string(request.status));
      }
    }
    return result;
  }

  std::vector<scripted::LoggedRequest> putsInPlace() const { return asked("PUT", kSharedFiles); }
};

TEST_F(UpdateOnlyShare, IsWrittenToByOnePutOnceTheMoveIsRefused) {
  replace("new");

  EXPECT_THAT(changes(), ElementsAre("MKCOL upload 201", "PUT upload 201", "MOVE upload 403",
                                     "PUT file 204", "DELETE upload 204"));
  EXPECT_EQ(field(putsInPlace().at(0), "if-match"), "*");
  EXPECT_EQ(field(putsInPlace().at(0), "content-length"), "3");
  EXPECT_EQ(field(putsInPlace().at(0), "x-hash"), "sha256");
  EXPECT_NE(field(putsInPlace().at(0), "x-oc-mtime"), "(none)");
}

struct Replacement {
  const char* name;
  std::string content;
  WriteOptions options;
};

void PrintTo(const Replacement& replacement, std::ostream* out) {
  *out << replacement.name;
}

class ReplacementInShare : public UpdateOnlyShare,
                           public testing::WithParamInterface<Replacement> {};

TEST_P(ReplacementInShare, IsWhatStandsThere) {
  const auto before = provider_->stat(sharedFile().path, {});

  const auto entry = write(sharedFile(), GetParam().content, GetParam().options);

  EXPECT_EQ(server_.readFile("share/f"), GetParam().content);
  EXPECT_EQ(entry.size, GetParam().content.size());
  EXPECT_NE(entry.etag, before->etag);
  EXPECT_EQ(entry.fileId, before->fileId);
  EXPECT_EQ(entry.modifiedAt,
            GetParam().options.modifiedAt ? GetParam().options.modifiedAt : entry.modifiedAt);
  EXPECT_THAT(putsInPlace(), SizeIs(1));
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    UpdateOnlyShare, ReplacementInShare,
    testing::Values(
        Replacement{"SizeKnown", "new", {.size = 3}}, Replacement{"SizeUnknown", "new", {}},
        Replacement{"Empty", "", {}}, Replacement{"SameSize", "new content", {}},
        Replacement{"OneFullChunk", std::string(1000, 'x'), {}},
        Replacement{"OwnTime", "new", {.modifiedAt = Timestamp{std::chrono::seconds(1500000000)}}},
        Replacement{"MayBeSuspended", "new", {.mayBeSuspended = true}}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(UpdateOnlyShare, HoldsTheConditionAgainstTheFile) {
  auto target = sharedFile();
  target.ifMatch = provider_->stat(target.path, {})->etag;

  write(target, "new");

  EXPECT_EQ(field(putsInPlace().at(0), "if-match"), target.ifMatch->str());
  EXPECT_EQ(server_.readFile("share/f"), "new");
}

TEST_F(UpdateOnlyShare, KeepsAVersionThatIsNotTheExpectedOne) {
  auto target = sharedFile();
  target.ifMatch = ETag::parse("\"stale\"");

  EXPECT_THAT([&] { write(target, "new"); }, ThrowsStorageError(StorageErrc::PreconditionFailed));

  EXPECT_THAT(putsInPlace(), IsEmpty());
  EXPECT_EQ(server_.readFile("share/f"), "old content");
}

TEST_F(UpdateOnlyShare, KeepsAVersionThatCameAfterTheRefusal) {
  auto target = sharedFile();
  target.ifMatch = provider_->stat(target.path, {})->etag;
  server_.misbehave({.method = "PUT", .pathPart = kSharedFiles, .action = answerPage(412)});

  EXPECT_THAT([&] { write(target, "new"); }, ThrowsStorageError(StorageErrc::PreconditionFailed));

  EXPECT_EQ(server_.readFile("share/f"), "old content");
}

TEST_F(UpdateOnlyShare, TakesNoFileBackThatWentMeanwhile) {
  server_.misbehave({.method = "PUT", .pathPart = kSharedFiles, .action = answerPage(412)});

  EXPECT_THAT([&] { replace("new"); }, ThrowsStorageError(StorageErrc::PermissionDenied));
}

TEST_F(UpdateOnlyShare, TakesNoNewFile) {
  EXPECT_THAT([&] { write("share/g", "new"); }, ThrowsStorageError(StorageErrc::PermissionDenied));

  EXPECT_FALSE(server_.exists("share/g"));
  EXPECT_THAT(asked("MOVE"), IsEmpty());
}

TEST_F(UpdateOnlyShare, TakesNoLargeNewFile) {
  const auto failure = failureOf([&] { write("share/g", std::string(2003, 'x')); });

  EXPECT_EQ(failure.code, StorageErrc::PermissionDenied);
  EXPECT_THAT(failure.message, Not(HasSubstr("one piece")));
  EXPECT_FALSE(server_.exists("share/g"));
}

TEST_F(UpdateOnlyShare, SaysWhyALargeFileIsRefused) {
  const auto failure = failureOf([&] { replace(std::string(2003, 'x')); });

  EXPECT_EQ(failure.code, StorageErrc::PermissionDenied);
  EXPECT_EQ(failure.retry, Retry::Never);
  EXPECT_THAT(failure.message, HasSubstr("in one piece of at most 1000 bytes"));
  EXPECT_THAT(putsInPlace(), IsEmpty());
  EXPECT_EQ(server_.readFile("share/f"), "old content");
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(UpdateOnlyShare, SaysWhyAFileThatCameInPiecesIsRefused) {
  const auto stream = open(sharedFile());
  put(*stream, "new");
  stream->flush();

  const auto failure = failureOf([&] { stream->commit(); });

  EXPECT_EQ(failure.code, StorageErrc::PermissionDenied);
  EXPECT_THAT(failure.message, HasSubstr("in one piece"));
  EXPECT_EQ(server_.readFile("share/f"), "old content");
}

TEST_F(UpdateOnlyShare, IsRefusedWhereTheFileMayNotBeChangedEither) {
  server_.misbehave({.method = "PUT", .pathPart = kSharedFiles, .action = answerPage(403)});

  const auto failure = failureOf([&] { replace("new"); });

  EXPECT_EQ(failure.code, StorageErrc::PermissionDenied);
  EXPECT_EQ(failure.retry, Retry::Never);
  EXPECT_THAT(putsInPlace(), SizeIs(1));
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(UpdateOnlyShare, WaitsForALock) {
  server_.misbehave(
      {.method = "PUT", .pathPart = kSharedFiles, .action = answerLocked(), .times = 1});

  replace("new");

  EXPECT_EQ(server_.readFile("share/f"), "new");
}

struct LostInShare {
  const char* name;
  std::optional<scripted::Answer> answer;
};

void PrintTo(const LostInShare& lost, std::ostream* out) {
  *out << lost.name;
}

class LostPutInPlace : public UpdateOnlyShare, public testing::WithParamInterface<LostInShare> {};

TEST_P(LostPutInPlace, IsFoundDone) {
  server_.misbehave(
      {.method = "PUT", .pathPart = kSharedFiles, .action = WorkThenAnswer{GetParam().answer}});

  replace("new content");

  EXPECT_THAT(putsInPlace(), SizeIs(1));
  EXPECT_EQ(server_.readFile("share/f"), "new content");
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(UpdateOnlyShare, LostPutInPlace,
                         testing::Values(LostInShare{"Gateway502", answerPage(502).answer},
                                         LostInShare{"Gateway504", answerPage(504).answer},
                                         LostInShare{"Reset", std::nullopt}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(UpdateOnlyShare, IsSentAgainWhereItBreaksOff) {
  server_.misbehave(
      {.method = "PUT", .pathPart = kSharedFiles, .action = CloseBeforeAnswer{}, .times = 1});

  replace("new");

  EXPECT_THAT(putsInPlace(), SizeIs(2));
  EXPECT_EQ(server_.readFile("share/f"), "new");
}

TEST_F(UpdateOnlyShare, SaysThatTheFileMayBeCutWhereItBreaksOffEachTime) {
  configure({{"retries", "1"}, {"chunk_bytes", "4194304"}});
  server_.misbehave({.method = "PUT", .pathPart = kSharedFiles, .action = CloseBeforeAnswer{}});

  const auto failure = failureOf([&] { replace(std::string(2000000, 'x')); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_THAT(failure.message, HasSubstr("may be cut off"));
  EXPECT_THAT(putsInPlace(), SizeIs(2));
}

TEST_F(UpdateOnlyShare, IsNotCancelledWhileTheFileIsWritten) {
  server_.misbehave(
      {.method = "PUT", .pathPart = kSharedFiles, .action = Delay{std::chrono::milliseconds(100)}});
  std::stop_source cancel;
  const auto stream = open(sharedFile(), {}, {.cancellation = cancel.get_token()});
  put(*stream, "new");
  const std::jthread canceller([&] {
    server_.waitForRequests("PUT", kSharedFiles, 1);
    cancel.request_stop();
  });

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::Cancelled));

  EXPECT_EQ(server_.readFile("share/f"), "new");
}

TEST_F(UpdateOnlyShare, MayBeTriedUnderAnotherNameAfterwards) {
  auto target = sharedFile();
  target.ifMatch = provider_->stat(target.path, {})->etag;
  const auto stream = open(target);
  put(*stream, "new");
  server_.misbehave(
      {.method = "PUT", .pathPart = kSharedFiles, .action = answerPage(412), .times = 1});
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::PreconditionFailed));

  stream->retarget(sharedFile());
  stream->commit();

  EXPECT_EQ(server_.readFile("share/f"), "new");
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

}  // namespace
}  // namespace mediadock::nextcloud
