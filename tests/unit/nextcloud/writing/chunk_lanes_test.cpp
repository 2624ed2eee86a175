// Chunks beside one another: when, how many, in how much memory, and what becomes of the others
// where one fails.

#include "conformance/peak_memory.h"
#include "unit/nextcloud/writing/write_fixture.h"

#include <chrono>

namespace mediadock::nextcloud {
namespace {

using scripted::AnswerWith;
using scripted::Delay;
using scripted::Hang;
using scripted::RefuseBodyAbove;

constexpr std::size_t kMiB = std::size_t{1} << 20U;
/// Two of them share the memory of one chunk.
constexpr std::size_t kPart = 5 * kMiB;

/// Bytes of which no two parts are alike.
std::string bytes(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    text[i] = static_cast<char>((i * 7 + i / 1021) % 251);
  }
  return text;
}

class ChunkLanes : public NextcloudChange {
 protected:
  ChunkLanes() { start(2 * kPart); }

  /// Forgets what the first write of a provider asks besides.
  void start(std::size_t chunk, const std::string& maxConnections = "32") {
    configure({{"chunk_bytes", std::to_string(chunk)},
               {"io_timeout_s", "20"},
               {"max_connections", maxConnections}});
    server_.clearRequests();
    write("first", "x");
    server_.waitForRequests("PROPFIND", kChunks, 1);
    server_.waitUntilIdle();
    server_.clearRequests();
  }

  /// How many chunks the server had at one time.
  unsigned mostAtOnce() const { return server_.maxConcurrentRequests(); }

  /// In order.
  std::vector<std::string> chunkNames() const {
    std::vector<std::string> names;
    for (const auto& request : asked("PUT", kChunks)) {
      names.push_back(request.path.substr(request.path.rfind('/') + 1));
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(ChunkLanes, GoBesideOneAnotherWhereTheClientIsFaster) {
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(200)}});
  const auto text = bytes(2 * kPart + 5 * kPart + 17);

  write("f", text, {.size = text.size()});

  EXPECT_EQ(mostAtOnce(), 2U);
  const std::vector<std::string> expected{"00001", "00002", "00003", "00004",
                                          "00005", "00006", "00007"};
  EXPECT_EQ(chunkNames(), expected);
  EXPECT_TRUE(server_.readFile("f") == text);
}

TEST_F(ChunkLanes, GoOneByOneWhereTheClientIsSlower) {
  const auto text = bytes(6 * kPart);
  const auto stream = open({.path = StoragePath::parse("f")});
  for (unsigned part = 0; part < 6; ++part) {
    put(*stream, text.substr(part * kPart, kPart));
    // What is full is sent with the next byte; the first chunk has two parts.
    server_.waitForRequests("PUT", kChunks, part < 2 ? 0 : part - 1);
    server_.waitUntilIdle();
  }

  stream->commit();

  EXPECT_EQ(mostAtOnce(), 1U);
  EXPECT_TRUE(server_.readFile("f") == text);
}

TEST_F(ChunkLanes, AreNoMoreThanTheServerAnnounces) {
  start(6 * kPart);
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(300)}});
  const auto text = bytes(6 * kPart + 8 * 6 * kMiB);

  write("f", text);

  // The memory would be enough for six.
  EXPECT_GT(mostAtOnce(), 2U);
  EXPECT_LE(mostAtOnce(), 5U);
  EXPECT_TRUE(server_.readFile("f") == text);
}

TEST_F(ChunkLanes, LeaveTheOtherCallersTheirConnections) {
  start(2 * kPart, "2");
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(100)}});
  const auto text = bytes(6 * kPart);

  write("f", text);

  EXPECT_EQ(mostAtOnce(), 1U);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(ChunkLanes, HoldNoMoreThanOneChunkInMemoryWhateverTheSize) {
  const auto block = bytes(kMiB);
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(20)}});

  const auto growth = peakGrowthOf([&] {
    const auto stream = open({.path = StoragePath::parse("f")});
    for (int i = 0; i < 60; ++i) {
      put(*stream, block);
    }
    stream->commit();
  });

  EXPECT_GT(mostAtOnce(), 1U);
  EXPECT_LT(growth, 2 * kPart + 3 * kMiB);
}
#endif

TEST_F(ChunkLanes, EndTogetherWhereOneIsRefused_W29) {
  server_.misbehave({.method = "PUT",
                     .pathPart = "/00003",
                     .action = scripted::answerDavError(
                         507, "Sabre\\DAV\\Exception\\InsufficientStorage", "full")});

  EXPECT_THAT([&] { write("f", bytes(8 * kPart)); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));

  EXPECT_TRUE(server_.waitUntilIdle());
  EXPECT_TRUE(asked("MOVE").empty());
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkLanes, EndWithTheUploadThatIsAborted_Problem27) {
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = Hang{}});
  server_.misbehave({.method = "PUT", .pathPart = "/00003", .action = Hang{}});
  const auto stream = open({.path = StoragePath::parse("f")});
  put(*stream, bytes(3 * kPart + kMiB));
  ASSERT_TRUE(server_.waitForRequests("PUT", "/00002", 1));
  const auto begin = CallContext::Clock::now();

  stream->abort();

  EXPECT_LT(CallContext::Clock::now() - begin, std::chrono::seconds(2));
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkLanes, AreSentAgainOneByOneWhereOneIsLost_T05) {
  server_.misbehave(
      {.method = "PUT", .pathPart = "/00003", .action = scripted::CloseBeforeAnswer{}, .times = 1});
  const auto text = bytes(6 * kPart);

  write("f", text);

  EXPECT_EQ(asked("PUT", "/00003").size(), 2U);
  EXPECT_TRUE(server_.readFile("f") == text);
}

TEST_F(ChunkLanes, AreSentAgainInSmallerOnesWhereAProxyWantsThemNow_Problem29) {
  const auto text = bytes(9 * kPart + 3);
  server_.misbehave(
      {.method = "PUT", .pathPart = kChunks, .action = RefuseBodyAbove{kMiB}, .skip = 4});

  write("f", text);

  EXPECT_TRUE(server_.readFile("f") == text);
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(ChunkLanes, AreSentAgainInOrderWhereOneInTheMiddleIsRefused_Problem29) {
  start(4 * kPart);
  server_.misbehave(
      {.method = "PUT", .pathPart = "/00003", .action = RefuseBodyAbove{kMiB}, .times = 1});
  server_.misbehave({.method = "PUT", .action = Delay{std::chrono::milliseconds(100)}, .skip = 1});
  const auto text = bytes(12 * kPart + 3);

  write("f", text);

  EXPECT_GT(asked("PUT", "/00003").size(), 1U);
  EXPECT_TRUE(server_.readFile("f") == text);
}

TEST_F(ChunkLanes, AreNoLargerThanTheServerWishes) {
  // max_size of the capabilities: 100 MiB.
  start(210 * kMiB);
  const auto stream = open({.path = StoragePath::parse("f")});
  const auto block = bytes(kMiB);
  for (int i = 0; i < 102; ++i) {
    put(*stream, block);
  }

  EXPECT_EQ(asked("PUT", "/00001").at(0).bodyBytes, 100 * kMiB);
}

class ChunkHash : public NextcloudChange {
 protected:
  static AnswerWith wrongHash() {
    auto answer = scripted::emptyAnswer(201);
    answer.set("X-Hash-SHA256", std::string(64, '0'));
    return {answer};
  }

  const std::string text_ = std::string(1000, 'a') + std::string(1000, 'b') + "end";
};

TEST_F(ChunkHash, IsAskedForWithEachChunk_Problem39) {
  write("f", text_);

  for (const auto& chunk : asked("PUT", kChunks)) {
    EXPECT_EQ(field(chunk, "x-hash"), "sha256");
  }
}

TEST_F(ChunkHash, OtherThanOursSendsTheChunkAgain_Problem39) {
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = wrongHash(), .times = 1});

  write("f", text_);

  EXPECT_EQ(asked("PUT", "/00002").size(), 2U);
  EXPECT_EQ(server_.readFile("f"), text_);
}

TEST_F(ChunkHash, OtherThanOursAgainAndAgainEndsTheUpload_Problem39) {
  configure({{"retries", "1"}});
  server_.putFile("f", "old");
  server_.misbehave({.method = "PUT", .pathPart = "/00002", .action = wrongHash()});

  EXPECT_THAT([&] { write("f", text_); }, ThrowsStorageError(StorageErrc::ChecksumMismatch));

  EXPECT_TRUE(asked("MOVE").empty());
  EXPECT_TRUE(server_.openUploads().empty());
  EXPECT_EQ(server_.readFile("f"), "old");
}

}  // namespace
}  // namespace mediadock::nextcloud
