// What is found out where the answer to the last step of a write is lost.

#include "unit/nextcloud/writing/write_fixture.h"

#include <thread>

namespace mediadock::nextcloud {
namespace {

using scripted::answerPage;
using scripted::CloseBeforeAnswer;
using scripted::Delay;
using scripted::Hang;
using scripted::WorkThenAnswer;

const std::string kOfThreeChunks = std::string(1000, 'a') + std::string(1000, 'b') + "end";

struct Lost {
  const char* name;
  std::optional<scripted::Answer> answer;
};

void PrintTo(const Lost& lost, std::ostream* out) {
  *out << lost.name;
}

std::string lostName(const testing::TestParamInfo<Lost>& tested) {
  return tested.param.name;
}

const auto kLostAnswers =
    testing::Values(Lost{"Gateway502", answerPage(502).answer},
                    Lost{"Gateway504", answerPage(504).answer}, Lost{"Reset", std::nullopt});

class LostMove : public NextcloudChange, public testing::WithParamInterface<Lost> {};

TEST_P(LostMove, IsFoundDoneAndNotRepeated_W32) {
  server_.misbehave({.method = "MOVE", .action = WorkThenAnswer{GetParam().answer}});

  const auto entry = write("f", kOfThreeChunks);

  EXPECT_EQ(entry.size, kOfThreeChunks.size());
  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(asked("PUT").size(), 3U);
  EXPECT_EQ(server_.readFile("f"), kOfThreeChunks);
}

TEST_P(LostMove, IsFoundDoneOverAFileOfTheSameSize_W32) {
  server_.putFile("f", std::string(kOfThreeChunks.size(), 'o'));
  server_.misbehave({.method = "MOVE", .action = WorkThenAnswer{GetParam().answer}});

  write("f", kOfThreeChunks);

  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), kOfThreeChunks);
}

INSTANTIATE_TEST_SUITE_P(WriteOutcome, LostMove, kLostAnswers, lostName);

class LostPut : public NextcloudChange, public testing::WithParamInterface<Lost> {};

TEST_P(LostPut, IsFoundDoneAndNotRepeated_W32) {
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{GetParam().answer}});

  const auto entry = write("f", "small");

  EXPECT_EQ(entry.size, 5U);
  EXPECT_EQ(asked("PUT").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(WriteOutcome, LostPut, kLostAnswers, lostName);

class WriteOutcome : public NextcloudChange {};

TEST_F(WriteOutcome, AMoveThatOutlastsOurPatienceIsFoundDone_Problem03) {
  server_.misbehave({.method = "MOVE", .action = Delay{std::chrono::milliseconds(600)}});

  write("f", kOfThreeChunks);

  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), kOfThreeChunks);
}

TEST_F(WriteOutcome, AMoveOfALargeFileIsGivenLonger_Problem03_Problem35) {
  configure({{"chunk_bytes", "10485760"}});
  server_.misbehave({.method = "MOVE", .action = Delay{std::chrono::milliseconds(800)}});

  write("f", std::string(21000000, 'x'));

  // It answered within our patience, of 0.4 s and 2 s: nobody had to look what became of it.
  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_TRUE(asked("PROPFIND", "/uploads/console/mediadock-").empty());
}

TEST_F(WriteOutcome, AMoveThatCameToNothingIsRepeatedOnce_Problem03) {
  server_.misbehave({.method = "MOVE", .action = answerPage(504), .times = 1});

  write("f", kOfThreeChunks);

  EXPECT_EQ(asked("MOVE").size(), 2U);
  EXPECT_EQ(asked("PUT").size(), 3U);
  EXPECT_EQ(server_.readFile("f"), kOfThreeChunks);
}

TEST_F(WriteOutcome, AMoveThatNeverEndsIsUnknownAndItsFolderStays_W33) {
  server_.putFile("f", "old");
  server_.misbehave({.method = "MOVE", .action = answerPage(504)});

  const auto failure = failureOf([&] { write("f", kOfThreeChunks); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("MOVE").size(), 2U);
  EXPECT_TRUE(asked("DELETE").empty());
  EXPECT_EQ(server_.openUploads().size(), 1U);
  EXPECT_EQ(server_.readFile("f"), "old");
}

TEST_F(WriteOutcome, AnotherWritersFileIsNotTakenForOurs_W33) {
  server_.misbehave({.method = "MOVE", .action = answerPage(504)});
  const std::jthread other([this] {
    if (server_.waitForRequests("MOVE", "/.file", 1)) {
      server_.putFile("f", std::string(kOfThreeChunks.size(), 'o'));
    }
  });

  const auto failure = failureOf([&] { write("f", kOfThreeChunks); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_TRUE(asked("DELETE").empty());
}

TEST_F(WriteOutcome, ARefusalOfTheRepeatedMoveIsCertain_W33) {
  server_.misbehave({.method = "MOVE", .action = answerPage(504), .times = 1});
  server_.misbehave({.method = "MOVE",
                     .action = scripted::answerDavError(
                         507, "Sabre\\DAV\\Exception\\InsufficientStorage", "full"),
                     .skip = 1});

  const auto failure = failureOf([&] { write("f", kOfThreeChunks); });

  EXPECT_EQ(failure.code, StorageErrc::InsufficientStorage);
  EXPECT_EQ(failure.retry, Retry::Never);
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(WriteOutcome, APutThatWasSentWholeAndLostIsUnknown_W28_W33) {
  server_.misbehave({.method = "PUT", .action = CloseBeforeAnswer{}});

  const auto failure = failureOf([&] { write("f", "small"); });

  EXPECT_EQ(failure.code, StorageErrc::Connection);
  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("PUT").size(), 5U);
}

TEST_F(WriteOutcome, APutThatBreaksInTheMiddleIsKnownToHaveFailed_W28) {
  configure({{"chunk_bytes", "33554432"}, {"retries", "1"}});
  server_.misbehave({.method = "PUT", .action = CloseBeforeAnswer{}});

  const auto failure = failureOf([&] { write("f", std::string(30000000, 'x')); });

  EXPECT_EQ(failure.code, StorageErrc::Connection);
  EXPECT_NE(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("PUT").size(), 2U);
  EXPECT_FALSE(server_.exists("f"));
}

TEST_F(WriteOutcome, AnOlderFileIsNotTakenForALostCreation_W33) {
  server_.putFile("f", "other", 1500000000);
  server_.misbehave({.method = "PUT", .action = answerPage(504)});

  const auto failure = failureOf(
      [&] { write(WriteTarget{.path = StoragePath::parse("f"), .ifAbsent = true}, "small"); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(server_.readFile("f"), "other");
}

TEST_F(WriteOutcome, ACancelledMoveDeletesNothing_W33) {
  server_.misbehave({.method = "MOVE", .action = Hang{}});
  configure({{"io_timeout_s", "20"}});
  std::stop_source cancel;
  auto stream = open({.path = StoragePath::parse("f")}, {}, {.cancellation = cancel.get_token()});
  put(*stream, kOfThreeChunks);
  const std::jthread canceller([&] {
    server_.waitForRequests("MOVE", "/.file", 1);
    cancel.request_stop();
  });

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::Cancelled));
  stream.reset();

  EXPECT_TRUE(asked("DELETE").empty());
}

TEST_F(WriteOutcome, AWriteThatCannotBeLookedAtIsUnknown_Problem39) {
  configure({{"retries", "1"}});
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{scripted::emptyAnswer(201)}});
  const auto stream =
      open({.path = StoragePath::parse("f"), .ifAbsent = true, .createParents = true});
  put(*stream, "small");
  server_.misbehave({.method = "PROPFIND", .pathPart = "/f", .action = answerPage(503)});

  const auto failure = failureOf([&] { stream->commit(); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
}

TEST_F(WriteOutcome, AsksForTheServersHashOfANewFile_Problem39) {
  write("f", "small");

  EXPECT_EQ(field(asked("PUT").at(0), "x-hash"), "sha256");
}

TEST_F(WriteOutcome, AnotherHashThanOursTakesTheFileBack_Problem39) {
  auto answer = scripted::emptyAnswer(201);
  answer.set("ETag", "\"e\"");
  answer.set("X-Hash-SHA256", std::string(64, '0'));
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{answer}});

  EXPECT_THAT([&] { write("f", "small"); }, ThrowsStorageError(StorageErrc::ChecksumMismatch));

  ASSERT_EQ(asked("DELETE").size(), 1U);
  EXPECT_EQ(field(asked("DELETE").at(0), "if-match"), "\"e\"");
}

TEST_F(WriteOutcome, AServerWithoutHashesIsHeldToTheSize_Problem01_Problem39) {
  server_.putFile("f", "");
  server_.misbehave({.method = "PUT", .action = scripted::AnswerWith{scripted::emptyAnswer(201)}});

  EXPECT_THAT(
      [&] { write(WriteTarget{.path = StoragePath::parse("f"), .ifAbsent = true}, "small"); },
      ThrowsStorageError(StorageErrc::Truncated));

  // Not known to be ours: left alone.
  EXPECT_TRUE(asked("DELETE").empty());
}

}  // namespace
}  // namespace mediadock::nextcloud
