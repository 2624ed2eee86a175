// What is found out where a plain WebDAV server's answer to a write is lost.

#include "unit/nextcloud/writing/temporary_write_fixture.h"

namespace mediadock::nextcloud {
namespace {

class TemporaryWriteOutcome : public TemporaryWrite {};

using scripted::answerPage;
using scripted::WorkThenAnswer;

TEST_F(TemporaryWriteOutcome, ALostMoveIsFoundDone_W32) {
  server_.misbehave({.method = "MOVE", .action = WorkThenAnswer{answerPage(504).answer}});

  writePlain("text");

  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_EQ(server_.listTree(), std::vector<std::string>{"f"});
}

TEST_F(TemporaryWriteOutcome, AMoveThatNeverComesToAnythingIsUnknownAndDeletesNothing_W33) {
  server_.misbehave({.method = "MOVE", .action = answerPage(504)});

  const auto failure = failureOf([&] { writePlain("text"); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("MOVE").size(), 5U);
  EXPECT_TRUE(asked("DELETE").empty());
}

/// A server behind a proxy that took the TLS off: what it says, and until when.
struct ForeignProxy {
  const char* name;
  scripted::AnswerWith refusal;
  unsigned refusals;
  std::string taken;
};

void PrintTo(const ForeignProxy& proxy, std::ostream* out) {
  *out << proxy.name;
}

class ForeignDestination : public TemporaryWriteOutcome,
                           public testing::WithParamInterface<ForeignProxy> {};

TEST_P(ForeignDestination, IsSentInTheFormThatIsTakenFromThenOn_Problem14) {
  auto outside = settings_.origin;
  outside.isTls = true;
  facts_ =
      std::make_shared<ServerFacts>(ServerFacts{.urls = DavUrls(outside, settings_.rootSegments)});
  server_.misbehave({.method = "MOVE", .action = GetParam().refusal, .times = GetParam().refusals});

  writePlain("one");
  writePlain("two");

  const auto moves = asked("MOVE");
  ASSERT_EQ(moves.size(), GetParam().refusals + 2);
  EXPECT_TRUE(field(moves.front(), "destination").starts_with("https://127.0.0.1:"));
  for (const auto& move : {moves.at(moves.size() - 2), moves.back()}) {
    EXPECT_TRUE(field(move, "destination").starts_with(GetParam().taken));
  }
  EXPECT_EQ(server_.readFile("f"), "two");
}

// What Apache 2.4 and nginx 1.22 said.
INSTANTIATE_TEST_SUITE_P(
    TemporaryWriteOutcome, ForeignDestination,
    testing::Values(ForeignProxy{"Apache",
                                 scripted::answerDavError(
                                     502, "", "Destination URI refers to different scheme or port"),
                                 1, "http://127.0.0.1:"},
                    ForeignProxy{"Nginx", answerPage(400), 2, "/remote.php/"}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(TemporaryWriteOutcome, AnotherGatewayErrorIsNoReasonForAnotherDestination_Problem14_W33) {
  server_.misbehave({.method = "MOVE", .action = answerPage(502)});

  EXPECT_EQ(failureOf([&] { writePlain("text"); }).retry, Retry::OutcomeUnknown);

  for (const auto& move : asked("MOVE")) {
    EXPECT_EQ(field(move, "destination"), field(asked("MOVE").front(), "destination"));
  }
}

TEST_F(TemporaryWriteOutcome, ALostPutIsFoundDone_W32) {
  server_.misbehave({.method = "PUT", .action = WorkThenAnswer{std::nullopt}});

  writePlain("text");

  EXPECT_EQ(asked("PUT").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), "text");
}

TEST_F(TemporaryWriteOutcome, APutThatCameToNothingFailsAndTheOldFileStays_Problem15) {
  server_.putFile("f", "old");
  server_.misbehave({.method = "PUT", .action = answerPage(504)});

  EXPECT_THAT([&] { writePlain("text"); }, ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_EQ(asked("PUT").size(), 5U);
  EXPECT_EQ(server_.readFile("f"), "old");
}

}  // namespace
}  // namespace mediadock::nextcloud
