// What goes over the wire when a file is written to a Nextcloud, and what is done about refusals.
// The suffix of a name is the row of the conformance table, or the number of the problem or trap.

#include "unit/nextcloud/writing/write_fixture.h"

#include <chrono>
#include <stop_token>
#include <thread>

namespace mediadock::nextcloud {
namespace {

using scripted::answerDavError;
using scripted::answerLocked;
using scripted::answerPage;
using scripted::CloseBeforeAnswer;
using scripted::Delay;
using scripted::Hang;
using scripted::RefuseBodyAbove;

const std::string kThreeChunks = std::string(1000, 'a') + std::string(1000, 'b') + "end";
const char* const kFilesRoot = "/dav/files/";

scripted::AnswerWith answerFull() {
  return answerDavError(507, "Sabre\\DAV\\Exception\\InsufficientStorage",
                        "Insufficient space in /x, 1000 required, 0 available");
}

class ChunkedWrite : public NextcloudChange {};

TEST_F(ChunkedWrite, GivesEveryBodyALengthWhateverTheSize_Problem01) {
  write("f", kThreeChunks);

  for (const auto& request : asked("PUT")) {
    EXPECT_FALSE(request.isChunked);
    EXPECT_EQ(field(request, "content-length"), std::to_string(request.bodyBytes));
  }
  EXPECT_EQ(asked("PUT").size(), 3U);
  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, MovesWithNoBodyAndTheTotal_Problem02_Trap07) {
  write("f", kThreeChunks);

  const auto move = asked("MOVE").at(0);
  EXPECT_EQ(field(move, "content-length"), "0");
  EXPECT_EQ(field(move, "oc-total-length"), "2003");
}

TEST_F(ChunkedWrite, NamesTheTargetInEveryRequest_Problem04) {
  write("f", kThreeChunks, {.size = kThreeChunks.size()});

  EXPECT_TRUE(field(asked("MKCOL").at(0), "destination").ends_with("/f"));
  const auto chunks = asked("PUT", kChunks);
  ASSERT_EQ(chunks.size(), 3U);
  for (const auto& chunk : chunks) {
    EXPECT_TRUE(field(chunk, "destination").ends_with("/f"));
    EXPECT_EQ(field(chunk, "oc-total-length"), "2003");
  }
  EXPECT_TRUE(chunks.at(2).path.ends_with("/00003"));
}

TEST_F(ChunkedWrite, NeverPutsOverAFileThatStands_Problem15_Trap01) {
  server_.putFile("f", "old");

  write("f", "new");

  EXPECT_TRUE(asked("PUT", kFilesRoot).empty());
  EXPECT_EQ(field(asked("MOVE").at(0), "overwrite"), "T");
  EXPECT_EQ(server_.readFile("f"), "new");
}

TEST_F(ChunkedWrite, MovesACreateOnlyFileWithOverwriteRefused_Trap04) {
  write(WriteTarget{.path = StoragePath::parse("f"), .ifAbsent = true}, kThreeChunks);

  EXPECT_EQ(field(asked("MOVE").at(0), "overwrite"), "F");
}

TEST_F(ChunkedWrite, LeavesTheOldFileWhereTheNewOneFails_Problem15) {
  server_.putFile("f", "old");
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = answerFull()});

  EXPECT_THAT([&] { write("f", kThreeChunks); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_EQ(server_.readFile("f"), "old");
}

TEST_F(ChunkedWrite, HoldsAConditionAgainstTheTarget_Trap08) {
  server_.putFile("f", "old");
  const auto etag = provider_->stat(StoragePath::parse("f"), {})->etag;

  write(WriteTarget{.path = StoragePath::parse("f"), .ifMatch = etag}, "new");

  const auto move = asked("MOVE").at(0);
  EXPECT_NE(field(move, "if").find("/f> ([" + etag->str() + "])"), std::string::npos);
  EXPECT_EQ(field(move, "if-match"), "(none)");
}

TEST_F(ChunkedWrite, GivesAReplacementOfTheSameSizeAnotherEtag_Trap03) {
  const auto first = write("f", "one");

  const auto second = write("f", "two");

  EXPECT_NE(first.etag, second.etag);
}

TEST_F(ChunkedWrite, ClaimsNoChecksumThatNobodyVerifies_Trap06) {
  write("f", kThreeChunks);
  write("g", "small");

  for (const auto& request : server_.requests()) {
    EXPECT_EQ(field(request, "oc-checksum"), "(none)");
  }
}

TEST_F(ChunkedWrite, TakesTheStoragesWordForTheRoomLeftNotTheQuotas_Problem08_Trap16) {
  server_.setQuota(1500);

  EXPECT_THAT([&] { write("f", kThreeChunks, {.size = kThreeChunks.size()}); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  // The first chunk already names the whole.
  EXPECT_EQ(asked("PUT").size(), 1U);
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkedWrite, NeedsRoomForTheWholeNewFile_Trap17) {
  server_.setQuota(3000);
  server_.putFile("f", std::string(2000, 'x'));

  EXPECT_THAT([&] { write("f", kThreeChunks); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_EQ(server_.fileSize("f"), 2000U);
  EXPECT_TRUE(server_.openUploads().empty());
}

struct FullAt {
  const char* name;
  const char* method;
  const char* pathPart;
};

void PrintTo(const FullAt& at, std::ostream* out) {
  *out << at.name;
}

class FullStorage : public NextcloudChange, public testing::WithParamInterface<FullAt> {};

TEST_P(FullStorage, EndsTheUploadAtOnceAndLeavesNothing_W29) {
  server_.misbehave(
      {.method = GetParam().method, .pathPart = GetParam().pathPart, .action = answerFull()});

  EXPECT_THAT([&] { write("f", kThreeChunks); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_EQ(asked(GetParam().method, GetParam().pathPart).size(), 1U);
  EXPECT_TRUE(server_.openUploads().empty());
  EXPECT_FALSE(server_.exists("f"));
}

INSTANTIATE_TEST_SUITE_P(ChunkedWrite, FullStorage,
                         testing::Values(FullAt{"FirstChunk", "PUT", "/00001"},
                                         FullAt{"MiddleChunk", "PUT", "/00002"},
                                         FullAt{"LastChunk", "PUT", "/00003"},
                                         FullAt{"Assembly", "MOVE", "/.file"}),
                         [](const auto& tested) { return tested.param.name; });

class RefusedContent : public NextcloudChange, public testing::WithParamInterface<FullAt> {};

TEST_P(RefusedContent, IsNeverSentAgain_Problem34) {
  server_.misbehave({.method = GetParam().method,
                     .pathPart = GetParam().pathPart,
                     .action = answerDavError(415, "Sabre\\DAV\\Exception\\UnsupportedMediaType",
                                              "Virus Eicar is detected in the file.")});
  const std::string text = GetParam().pathPart == std::string("/f") ? "small" : kThreeChunks;

  const auto failure = failureOf([&] { write("f", text); });

  EXPECT_EQ(failure.code, StorageErrc::RejectedContent);
  EXPECT_NE(failure.message.find("Virus Eicar"), std::string::npos);
  EXPECT_EQ(asked(GetParam().method, GetParam().pathPart).size(), 1U);
  EXPECT_TRUE(server_.openUploads().empty());
}

INSTANTIATE_TEST_SUITE_P(ChunkedWrite, RefusedContent,
                         testing::Values(FullAt{"SmallFile", "PUT", "/f"},
                                         FullAt{"Chunk", "PUT", "/00002"},
                                         FullAt{"Assembly", "MOVE", "/.file"}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(ChunkedWrite, SendsALostChunkAgain_T05) {
  server_.misbehave(
      {.method = "PUT", .pathPart = "/00002", .action = CloseBeforeAnswer{}, .times = 1});

  write("f", kThreeChunks);

  EXPECT_EQ(asked("PUT", "/00002").size(), 2U);
  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, SendsAChunkNoOftenerThanItIsAllowed_T05) {
  configure({{"retries", "2"}});
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = answerPage(504)});

  EXPECT_THAT([&] { write("f", kThreeChunks); }, ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_EQ(asked("PUT", "/00002").size(), 3U);
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkedWrite, NeverSendsASinglePutAgain_T05) {
  server_.misbehave({.method = "PUT", .action = answerPage(503)});

  EXPECT_THAT([&] { write("f", "small"); }, ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_EQ(asked("PUT").size(), 1U);
}

TEST_F(ChunkedWrite, WaitsForALockOnTheFinalStep_W31_Problem05) {
  server_.misbehave({.method = "MOVE", .action = answerLocked(), .times = 2});

  write("f", kThreeChunks);

  EXPECT_EQ(asked("MOVE").size(), 3U);
  EXPECT_EQ(server_.listTree(), std::vector<std::string>{"f"});
  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, TakesALockedExceptionForALock_Trap05) {
  server_.misbehave({.method = "MOVE",
                     .action = answerDavError(500, "OCP\\Lock\\LockedException", "is locked"),
                     .times = 1});

  write("f", kThreeChunks);

  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, LooksBeforeItRepeatsALockedMove_Problem05) {
  server_.misbehave(
      {.method = "MOVE", .action = scripted::WorkThenAnswer{answerLocked().answer}, .times = 1});

  const auto entry = write("f", kThreeChunks);

  EXPECT_EQ(entry.size, kThreeChunks.size());
  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, SaysThatAProxyMayRefuseTheSize_W30) {
  configure({{"chunk_bytes", "1048576"}});
  server_.misbehave({.method = "PUT", .action = answerPage(413)});

  const auto failure = failureOf([&] { write("f", std::string(2000000, 'x')); });

  EXPECT_EQ(failure.code, StorageErrc::PayloadTooLarge);
  EXPECT_NE(failure.message.find("proxy"), std::string::npos);
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkedWrite, HalvesChunksUntilAProxyTakesThemAndRemembers_Problem29) {
  configure({{"chunk_bytes", "1048576"}});
  server_.misbehave({.method = "PUT", .action = RefuseBodyAbove{300000}});
  const std::string text = std::string(1500000, 'x') + "end";

  write("f", text);
  EXPECT_EQ(server_.readFile("f"), text);
  server_.clearRequests();
  write("g", text);

  EXPECT_EQ(server_.readFile("g"), text);
  for (const auto& request : asked("PUT")) {
    EXPECT_EQ(request.status, 201);
  }
}

TEST_F(ChunkedWrite, CutsASinglePutThatAProxyRefuses_Problem29) {
  configure({{"chunk_bytes", "1048576"}});
  server_.misbehave({.method = "PUT", .action = RefuseBodyAbove{600000}});
  const std::string text = std::string(900000, 'x') + "end";

  write(WriteTarget{.path = StoragePath::parse("f"), .ifAbsent = true}, text);

  EXPECT_EQ(server_.readFile("f"), text);
  EXPECT_EQ(asked("PUT", kFilesRoot).size(), 1U);
}

TEST_F(ChunkedWrite, TakesAnUploadThatMovesHoweverLongItLasts_W35) {
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(150)}});
  const auto deadline = CallContext::Clock::now() + std::chrono::milliseconds(250);
  const auto stream = open({.path = StoragePath::parse("f")}, {}, {.deadline = deadline});

  put(*stream, kThreeChunks);
  stream->commit();

  EXPECT_GT(CallContext::Clock::now(), deadline);
  EXPECT_EQ(server_.readFile("f"), kThreeChunks);
}

TEST_F(ChunkedWrite, EndsAnUploadThatStandsStill_W36) {
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = Hang{}});
  const auto begin = CallContext::Clock::now();

  EXPECT_THAT([&] { write("f", kThreeChunks); }, ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_LT(CallContext::Clock::now() - begin, std::chrono::milliseconds(3000));
  EXPECT_EQ(asked("PUT", "/00002").size(), 1U);
}

TEST_F(ChunkedWrite, ShowsNoUnfinishedUploadInAListing_W34) {
  const auto stream = open({.path = StoragePath::parse("f")});
  put(*stream, kThreeChunks);
  stream->flush();

  EXPECT_EQ(server_.openUploads().size(), 1U);
  EXPECT_TRUE(provider_->list({}, {}, {}).entries.empty());
}

TEST_F(ChunkedWrite, DeletesItsFolderWhenAborted_Problem27) {
  const auto stream = open({.path = StoragePath::parse("f")});
  put(*stream, kThreeChunks);
  ASSERT_EQ(server_.openUploads().size(), 1U);
  EXPECT_TRUE(server_.openUploads().at(0).starts_with("mediadock-"));

  stream->abort();

  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkedWrite, SaysThatTheServerThrewTheUploadAway_Trap28) {
  const auto stream = open({.path = StoragePath::parse("f")});
  put(*stream, kThreeChunks);
  server_.expireUpload(server_.openUploads().at(0));

  const auto failure = failureOf([&] { stream->commit(); });

  EXPECT_EQ(failure.code, StorageErrc::Conflict);
  EXPECT_EQ(failure.retry, Retry::Safe);
}

TEST_F(ChunkedWrite, GivesTheTimeToTheMoveAndTellsTheOneThatIsKept_Problem19) {
  const Timestamp time{std::chrono::seconds(1500000000)};

  const auto entry = write("f", kThreeChunks, {.modifiedAt = time});

  EXPECT_EQ(field(asked("MOVE").at(0), "x-oc-mtime"), "1500000000");
  for (const auto& chunk : asked("PUT")) {
    EXPECT_EQ(field(chunk, "x-oc-mtime"), "(none)");
  }
  EXPECT_EQ(entry.modifiedAt, time);
}

TEST_F(ChunkedWrite, MakesAnotherVersionOfOtherBytesOfTheSameTimeAndSize_Problem19) {
  const Timestamp time{std::chrono::seconds(1500000000)};
  std::string other = kThreeChunks;
  other.front() = other.front() == 'x' ? 'y' : 'x';
  const auto first = write("f", kThreeChunks, {.modifiedAt = time});

  const auto second = write("f", other, {.modifiedAt = time});

  EXPECT_NE(second.etag, first.etag);
  EXPECT_EQ(second.modifiedAt, time + std::chrono::seconds(1));
  EXPECT_EQ(write("f", kThreeChunks, {.modifiedAt = time}).modifiedAt, time);
  EXPECT_EQ(write("f", kThreeChunks + "z", {.modifiedAt = time}).modifiedAt, time);
}

TEST_F(ChunkedWrite, SendsNoTimeThatTheServerWouldChokeOn_Problem19) {
  EXPECT_THAT([&] { write("f", "x", {.modifiedAt = Timestamp{std::chrono::seconds(3600)}}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));

  EXPECT_TRUE(asked("PUT").empty());
}

}  // namespace
}  // namespace mediadock::nextcloud
