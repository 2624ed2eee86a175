// How a file of unknown size gets to a plain WebDAV server.

#include "support/random_text.h"
#include "temporary_write_fixture.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

using scripted::answerPage;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class UnknownSize : public TemporaryWrite {
 protected:
  /// Whether each PUT was in chunks, in their order.
  std::vector<bool> framings() const {
    std::vector<bool> result;
    for (const auto& request : asked("PUT")) {
      result.push_back(request.isChunked);
    }
    return result;
  }

  std::vector<std::string> files() const { return server_.listTree(); }

  /// From now on, but for what other rules say.
  void keepChunks() { server_.misbehave({.method = "PUT", .action = scripted::KeepChunkedBody{}}); }

  const std::string longText_ = randomText(10 * kChunk);
};

TEST_F(UnknownSize, UpToAChunkIsHeldUntilItIsKnown) {
  writePlain(std::string(kChunk, 'x'));

  EXPECT_THAT(framings(), ElementsAre(false));
  EXPECT_EQ(server_.readFile("f"), std::string(kChunk, 'x'));
}

TEST_F(UnknownSize, GoesInChunksWhereATrialWasKept) {
  keepChunks();
  const auto stream = openPlain("f");
  put(*stream, longText_.substr(0, 300));
  put(*stream, longText_.substr(300, 2000));
  put(*stream, "");
  put(*stream, longText_.substr(2300));
  stream->commit();

  EXPECT_THAT(framings(), ElementsAre(true, true));
  EXPECT_THAT(asked("DELETE"), SizeIs(1));
  EXPECT_EQ(server_.readFile("f"), longText_);
  EXPECT_THAT(files(), ElementsAre("f"));
}

TEST_F(UnknownSize, IsTriedOnce) {
  keepChunks();
  writePlain(longText_, "f");
  writePlain(longText_ + "g", "g");

  EXPECT_THAT(framings(), ElementsAre(true, true, true));
  EXPECT_EQ(server_.readFile("g"), longText_ + "g");
}

/// What a server makes of a body in chunks.
struct Treatment {
  const char* name;
  scripted::Action action;
};

void PrintTo(const Treatment& treatment, std::ostream* out) {
  *out << treatment.name;
}

class ChunksLost : public UnknownSize, public testing::WithParamInterface<Treatment> {};

TEST_P(ChunksLost, WaitsForItsSizeThere_Problem01) {
  server_.misbehave({.method = "PUT", .action = GetParam().action, .times = 1});

  writePlain(longText_, "f");
  writePlain(longText_, "g");

  EXPECT_THAT(framings(), ElementsAre(true, false, false));
  EXPECT_EQ(server_.readFile("f"), longText_);
  EXPECT_EQ(server_.readFile("g"), longText_);
  EXPECT_THAT(files(), ElementsAre("f", "g"));
}

INSTANTIATE_TEST_SUITE_P(UnknownSize, ChunksLost,
                         testing::Values(Treatment{"LostByPhp", scripted::Delay{}},
                                         Treatment{"Empty", answerPage(201)},
                                         Treatment{"LengthRequired", answerPage(411)},
                                         Treatment{"NotImplemented", answerPage(501)},
                                         Treatment{"Silence", scripted::Hang{}}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(UnknownSize, TriesAgainWhereTheServerWasBusy) {
  server_.misbehave({.method = "PUT", .action = answerPage(503), .times = 1});
  keepChunks();

  writePlain(longText_, "f");
  writePlain(longText_, "g");

  EXPECT_THAT(framings(), ElementsAre(true, false, true, true));
}

TEST_F(UnknownSize, FailsWhereTheServerLosesManyBytesAndKeptFew_ThenWaits) {
  server_.misbehave({.method = "PUT", .action = answerPage(201), .skip = 1, .times = 1});
  keepChunks();

  EXPECT_THAT([&] { writePlain(longText_); }, ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT(files(), IsEmpty());
  writePlain(longText_);

  EXPECT_THAT(framings(), ElementsAre(true, true, false));
  EXPECT_EQ(server_.readFile("f"), longText_);
}

TEST_F(UnknownSize, TellsWhyTheServerRefusesInTheMiddle) {
  server_.misbehave({.method = "PUT", .action = answerPage(507), .skip = 1, .times = 1});
  keepChunks();

  EXPECT_THAT([&] { writePlain(longText_); }, ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(UnknownSize, IsWholeOnceItIsFlushed_SoThatTheServerDoesNotWait) {
  keepChunks();
  const auto stream = openPlain("f");
  put(*stream, longText_);

  stream->flush();

  ASSERT_TRUE(server_.waitUntilIdle());
  EXPECT_EQ(asked("PUT").back().bodyBytes, longText_.size());
  EXPECT_EQ(asked("PUT").back().status, 201);
  stream->commit();
  EXPECT_EQ(server_.readFile("f"), longText_);
}

TEST_F(UnknownSize, GoesOnBehindAFlush) {
  keepChunks();
  const auto stream = openPlain("f");
  put(*stream, longText_);
  stream->flush();
  put(*stream, "and more");
  stream->flush();
  put(*stream, ", and more");

  stream->commit();

  EXPECT_EQ(server_.readFile("f"), longText_ + "and more, and more");
  EXPECT_THAT(files(), ElementsAre("f"));
}

TEST_F(UnknownSize, LeavesHalfOfTheConnectionsToOthers) {
  keepChunks();
  const auto first = openPlain("f");
  put(*first, longText_);
  const auto second = openPlain("g");
  put(*second, longText_);
  const auto third = openPlain("h");
  put(*third, longText_);

  ASSERT_TRUE(server_.waitForRequests("PUT", "", 3));
  for (const auto& stream : {first.get(), second.get(), third.get()}) {
    stream->commit();
  }

  EXPECT_THAT(framings(), ElementsAre(true, true, true, false));
  EXPECT_EQ(server_.readFile("h"), longText_);
}

}  // namespace
}  // namespace mediadock
