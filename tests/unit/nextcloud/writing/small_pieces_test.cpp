// Suspended writes whose pieces are far smaller than a chunk.

#include "unit/nextcloud/writing/suspended_write_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace mediadock::nextcloud {
namespace {

using testing::IsEmpty;

/// Files that come in pieces far below the size of a chunk.
class SmallPieces : public SuspendedWrite {
 protected:
  static std::string piece(int i) { return std::string(10, static_cast<char>('a' + i % 26)); }

  std::size_t highestNumber() const {
    const auto names = chunksSent();
    return std::stoul(*std::max_element(names.begin(), names.end()));
  }
};

TEST_F(SmallPieces, JoinTheChunkBeforeThem) {
  constexpr int kPieces = 300;
  constexpr std::uint64_t kSize = 10 * (kPieces + 1);
  auto token = suspended(piece(0), kSize);
  std::string content = piece(0);
  for (int i = 1; i < kPieces; ++i) {
    token = resumedWith(token, piece(i), kSize);
    content += piece(i);
  }

  finish(token, piece(kPieces), kSize);

  EXPECT_EQ(server_.readFile("f"), content + piece(kPieces));
  // Three or four chunks of a thousand bytes, two numbers each, and the last piece.
  EXPECT_LE(highestNumber(), 9U);
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(SmallPieces, AreChunksOfTheirOwnWhereTheOneBeforeIsNotKnownAnyMore) {
  auto token = suspended("one ", 13);
  restart();
  token = resumedWith(token, "two ", 13);
  restart();

  finish(token, "three", 13);

  EXPECT_EQ(server_.readFile("f"), "one two three");
}

TEST_F(SmallPieces, LeaveTheTokenBeforeGoodUntilTheNextOneComesBack) {
  const auto first = suspended("one ", 13);
  const auto second = resumedWith(first, "two ", 13);
  const auto third = resumedWith(second, "XXX", 13);
  EXPECT_NE(second, third);

  const auto again = resumedWith(second, "thr", 13);
  const auto andAgain = resumedWith(second, "thre", 13);
  EXPECT_NE(again, andAgain);
  restart();
  finish(second, "three", 13);

  EXPECT_EQ(server_.readFile("f"), "one two three");
}

TEST_F(SmallPieces, LeaveATokenGoodThatCameOfNoPiece) {
  const auto first = suspended("one ", 13);
  const auto second = resumedWith(first, "two ", 13);
  const auto same = resumedWith(second, "", 13);
  resumedWith(same, "XXX", 13);

  finish(same, "three", 13);

  EXPECT_EQ(server_.readFile("f"), "one two three");
}

TEST_F(SmallPieces, MayBeFollowedByTheEndInTheSameStream) {
  const auto token = suspended("one ", 13);
  const auto stream = resume(token, 13);
  put(*stream, "two ");
  stream->suspend();
  put(*stream, "three");

  stream->commit();

  EXPECT_EQ(server_.readFile("f"), "one two three");
}

TEST_F(SmallPieces, UseNoNumberAboveTheLast) {
  suspended(std::string(10, 'a'), 40);
  request("PUT", "09999", "b");
  auto token = onlyUpload() + ":9999:0:11";
  const auto goOn = [&] {
    const auto stream = provider_->resumeWrite(token, {.path = kFile}, {}, {});
    put(*stream, "c");
    return stream->suspend();
  };
  restart();
  token = goOn();
  EXPECT_THAT(token, testing::HasSubstr(":10000:"));

  EXPECT_THAT(goOn, ThrowsStorageError(StorageErrc::PayloadTooLarge));

  provider_->resumeWrite(token, {.path = kFile}, {}, {})->commit();
  EXPECT_EQ(server_.readFile("f"), std::string(10, 'a') + "bc");
}

TEST_F(SmallPieces, AreRefusedBeforeTheRestHasNoChunksLeft) {
  constexpr std::uint64_t kSize = 3010;
  auto token = suspended(std::string(10, 'a'), kSize);
  request("PUT", "09998", std::string(1000, 'b'));
  token = onlyUpload() + ":9998:0:1010";
  restart();

  EXPECT_THAT([&] { resumedWith(token, "c", kSize); },
              ThrowsStorageError(StorageErrc::PayloadTooLarge));

  finish(token, std::string(2000, 'd'), kSize);
  EXPECT_EQ(server_.readFile("f"),
            std::string(10, 'a') + std::string(1000, 'b') + std::string(2000, 'd'));
}

}  // namespace
}  // namespace mediadock::nextcloud
