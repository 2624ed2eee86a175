// How a file of unknown size gets to a plain WebDAV server.

#include "support/random_text.h"
#include "unit/nextcloud/writing/temporary_write_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

using scripted::answerPage;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class UnknownSize : public TemporaryWrite {
 protected:
  std::vector<std::string> files() const { return server_.listTree(); }

  const std::string longText_ = randomText(10 * kChunk);
};

TEST_F(UnknownSize, IsKnownAtTheEnd_Problem01) {
  for (const std::size_t size : {std::size_t{0}, kChunk - 1, kChunk, kChunk + 1, 10 * kChunk}) {
    server_.clearRequests();

    writePlain(longText_.substr(0, size));

    ASSERT_THAT(asked("PUT"), SizeIs(1)) << size;
    EXPECT_FALSE(asked("PUT").front().isChunked);
    EXPECT_EQ(field(asked("PUT").front(), "content-length"), std::to_string(size));
    EXPECT_EQ(server_.readFile("f"), longText_.substr(0, size));
  }
  EXPECT_THAT(files(), ElementsAre("f"));
}

TEST_F(UnknownSize, TakesNoConnectionBeforeTheEnd) {
  const auto stream = openPlain("f");

  put(*stream, longText_);

  EXPECT_THAT(server_.requests(), IsEmpty());
}

TEST_F(UnknownSize, GoesOnBehindAFlush) {
  const auto stream = openPlain("f");
  put(*stream, longText_.substr(0, 10));
  stream->flush();
  put(*stream, longText_.substr(10));
  stream->flush();
  put(*stream, " and more");

  stream->commit();

  EXPECT_EQ(server_.readFile("f"), longText_ + " and more");
}

TEST_F(UnknownSize, TellsWhyTheServerRefuses) {
  server_.misbehave({.method = "PUT", .action = answerPage(507)});

  EXPECT_THAT([&] { writePlain(longText_); }, ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(UnknownSize, FailsWhereTheServerLeavesInTheMiddle) {
  server_.misbehave({.method = "PUT", .action = scripted::CloseBeforeAnswer{}});
  const auto stream = openPlain("f");
  for (int i = 0; i < 64; ++i) {
    put(*stream, std::string(1U << 18U, 'x'));
  }

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::Connection));

  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(UnknownSize, LeavesNothingWhereItIsDropped) {
  const auto stream = openPlain("f");
  put(*stream, longText_);

  stream->abort();

  EXPECT_THAT(files(), IsEmpty());
}

}  // namespace
}  // namespace mediadock::nextcloud
