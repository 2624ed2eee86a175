// Writes that are gone on with: what the server keeps of them, what is believed of a token, and
// what may have happened in between.

#include "unit/nextcloud/writing/suspended_write_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

TEST_F(SuspendedWrite, IsAllAtTheServerWhenTheTokenIsGiven) {
  const auto stream = open({.path = kFile}, {.size = 4000, .mayBeSuspended = true});
  put(*stream, std::string(2500, 'a'));

  stream->suspend();

  server_.waitUntilIdle();
  EXPECT_THAT(chunksSent(), ElementsAre("00001", "00002", "00003"));
  EXPECT_EQ(asked("PUT", "/00003").at(0).bodyBytes, 500U);
}

TEST_F(SuspendedWrite, GoesOnBehindItsChunks) {
  const auto token = suspended(std::string(2500, 'a'), 4000);
  restart();

  finish(token, std::string(1500, 'b'), 4000);

  EXPECT_THAT(chunksSent(), ElementsAre("00004", "00005"));
  EXPECT_EQ(server_.readFile("f"), std::string(2500, 'a') + std::string(1500, 'b'));
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(SuspendedWrite, HasAFolderThatShowsIt) {
  suspended("a", 2);
  EXPECT_THAT(onlyUpload(), StartsWith("mediadock-kept-"));
  server_.expireUpload(onlyUpload());

  const auto hinted = open({.path = kFile}, {.mayBeSuspended = true});
  put(*hinted, std::string(1500, 'a'));
  EXPECT_THAT(onlyUpload(), StartsWith("mediadock-kept-"));
  hinted->abort();

  const auto plain = open({.path = kFile});
  put(*plain, std::string(1500, 'a'));
  EXPECT_THAT(onlyUpload(), testing::Not(StartsWith("mediadock-kept-")));
}

TEST_F(SuspendedWrite, IsSparedByTheSweepForAWeek_Problem27) {
  const auto token = suspended("con", 7);
  server_.ageUploads(std::chrono::hours(24 * 7));
  restart();
  finish(token, "tent", 7);
  EXPECT_EQ(server_.readFile("f"), "content");

  suspended("con", 7);
  const auto folder = onlyUpload();
  server_.ageUploads(std::chrono::hours(24 * 9));
  configure({});
  provider_->check({});
  EXPECT_TRUE(server_.waitForRequests("DELETE", folder, 1));
  EXPECT_TRUE(server_.waitUntilIdle());
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(SuspendedWrite, ThatTheServerThrewAwayIsNotFound_Trap28) {
  const auto token = suspended("con", 7);
  server_.expireUpload(onlyUpload());

  expectGone(token, 7);
}

TEST_F(SuspendedWrite, WithAChunkMissingIsNotFound) {
  const auto token = suspended(std::string(2500, 'a'), 4000);
  request("DELETE", "00002");

  expectGone(token, 4000);
}

TEST_F(SuspendedWrite, WithAChunkThatIsShortIsNotFound) {
  const auto token = suspended(std::string(2500, 'a'), 4000);
  request("PUT", "00002", std::string(999, 'a'));

  expectGone(token, 4000);
}

TEST_F(SuspendedWrite, DropsTheChunksThatACrashLeftBehindTheToken) {
  const auto token = suspended("con", 7);
  request("PUT", "00002", "lost");
  request("PUT", "00007", "lost");

  finish(token, "tent", 7);

  EXPECT_EQ(server_.readFile("f"), "content");
}

TEST_F(SuspendedWrite, IsNotTakenForGoneInMaintenance_Problem06) {
  const auto token = suspended("con", 7);
  server_.setMaintenance(true);
  EXPECT_THAT([&] { resume(token, 7); }, ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_THAT([&] { provider_->dropWrite(token, {}); },
              ThrowsStorageError(StorageErrc::Unavailable));
  server_.setMaintenance(false);
  restart();

  finish(token, "tent", 7);

  EXPECT_EQ(server_.readFile("f"), "content");
}

TEST_F(SuspendedWrite, IsDroppedOnceAndForAll) {
  const auto token = suspended("con", 7);

  provider_->dropWrite(token, {});
  EXPECT_THAT(server_.openUploads(), IsEmpty());

  provider_->dropWrite(token, {});
  expectGone(token, 7);
}

TEST_F(SuspendedWrite, HasOneStreamAtATime) {
  const auto token = suspended("con", 7);
  const auto living = resume(token, 7);

  EXPECT_THAT([&] { resume(token, 7); }, ThrowsStorageError(StorageErrc::Locked));
  EXPECT_THAT([&] { provider_->dropWrite(token, {}); }, ThrowsStorageError(StorageErrc::Locked));

  put(*living, "tent");
  living->commit();
  EXPECT_EQ(server_.readFile("f"), "content");
}

TEST_F(SuspendedWrite, OfAnotherAccountIsOutOfReach) {
  ScriptedNextcloud shared({.otherUsername = "other"});
  const auto as = [&](const std::string& user) {
    const Settings settings(
        {{"url", shared.url()}, {"username", user}, {"app_password", shared.password()}});
    auto provider = makeNextcloudProvider({settings, log_});
    provider->check({});
    return provider;
  };
  const auto owner = as(shared.username());
  const auto other = as("other");
  std::string token;
  {
    const auto stream = owner->openWrite({.path = kFile}, {.size = 7}, {});
    put(*stream, "con");
    token = stream->suspend();
  }

  EXPECT_THAT([&] { other->resumeWrite(token, {.path = kFile}, {.size = 7}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  other->dropWrite(token, {});

  const auto stream = owner->resumeWrite(token, {.path = kFile}, {.size = 7}, {});
  put(*stream, "tent");
  stream->commit();
  EXPECT_EQ(shared.readFile("f"), "content");
}

TEST_F(SuspendedWrite, HoldsTheVersionThatItReplacesToItsCondition_Trap08) {
  const auto old = write("f", "old");
  const auto token = suspended("con", 7);
  write("f", "newer");
  server_.clearRequests();

  const auto stream = resume(token, 7, {.path = kFile, .ifMatch = old.etag});
  put(*stream, "tent");
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(server_.readFile("f"), "newer");

  const auto etag = provider_->stat(kFile, {})->etag;
  stream->retarget({.path = kFile, .ifMatch = etag});
  stream->commit();
  EXPECT_EQ(server_.readFile("f"), "content");
  EXPECT_THAT(field(asked("MOVE").back(), "if"), testing::HasSubstr(etag->str()));
  EXPECT_EQ(field(asked("MOVE").back(), "oc-total-length"), "7");
}

TEST_F(SuspendedWrite, CreatesOnlyWhereNothingStands_Trap04) {
  const auto token = suspended("con", 7);
  const auto stream = resume(token, 7, {.path = kFile, .ifAbsent = true});
  put(*stream, "tent");

  stream->commit();

  EXPECT_EQ(field(asked("MOVE").at(0), "overwrite"), "F");
}

TEST_F(SuspendedWrite, ThatWasJoinedIsFoundDoneWhereTheAnswerIsLost_Problem03) {
  const auto token = suspended("con", 7);
  server_.misbehave({.method = "MOVE", .action = scripted::WorkThenAnswer{}, .times = 1});

  finish(token, "tent", 7);

  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), "content");
}

TEST_F(SuspendedWrite, StaysWhereTheEndFails) {
  const auto token = suspended("con", 7);
  server_.misbehave({.method = "MOVE", .action = scripted::answerPage(507)});
  EXPECT_THAT([&] { finish(token, "tent", 7); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  server_.behave();

  finish(token, "tent", 7);

  EXPECT_EQ(server_.readFile("f"), "content");
}

TEST_F(SuspendedWrite, IsNotTakenUpByAServerThatHandsChunksOn) {
  scripted::Answer listing{.status = 207};
  listing.set("Content-Type", "application/xml; charset=utf-8");
  listing.body =
      "<d:multistatus xmlns:d='DAV:'>"
      "<d:response><d:href>/u/x/.file</d:href><d:propstat><d:prop><d:resourcetype/></d:prop>"
      "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
      "<d:response><d:href>/u/x/.target</d:href><d:propstat><d:prop><d:resourcetype/></d:prop>"
      "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>";
  server_.misbehave({.method = "PROPFIND",
                     .pathPart = "/uploads/",
                     .action = scripted::AnswerWith{listing},
                     .times = 1});

  restart();

  EXPECT_FALSE(provider_->capabilities().writeResume);
  const auto stream = open({.path = kFile}, {.size = 7});
  put(*stream, "content");
  EXPECT_THAT([&] { stream->suspend(); }, ThrowsStorageError(StorageErrc::Unsupported));
  stream->commit();
  EXPECT_EQ(server_.readFile("f"), "content");
  EXPECT_TRUE(asked("MKCOL").empty());
}

TEST_F(SuspendedWrite, IsTriedAgainWhereTheServerSaidNothing) {
  configure({{"retries", "0"}});
  server_.misbehave({.method = "MKCOL", .action = scripted::answerPage(504), .times = 1});
  failureOf([&] { provider_->check({}); });
  EXPECT_FALSE(provider_->capabilities().writeResume);

  provider_->check({});

  EXPECT_TRUE(provider_->capabilities().writeResume);
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(SuspendedWrite, IsNotThereWhereUploadsAreRefused) {
  configure({});
  server_.misbehave({.method = "MKCOL", .action = scripted::answerPage(403)});

  provider_->check({});

  EXPECT_FALSE(provider_->capabilities().writeResume);
}

}  // namespace
}  // namespace mediadock::nextcloud
