// What the plugin makes of a server that serves files and listings badly.

#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "support/raw_server.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace mediadock::nextcloud {
namespace {

class NoLog final : public ILogSink {
 public:
  void log(LogLevel /*level*/, std::string_view /*message*/) noexcept override {}
};

class NextcloudRead : public testing::Test {
 protected:
  void start(const std::string& answer, RawAnswer::Then then = RawAnswer::Then::Next) {
    server_ = std::make_unique<RawServer>(std::vector<RawServer::Script>{{{answer, then}}});
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/console"}, {"username", "console"}});
    provider_ = makeNextcloudProvider({settings, log_});
  }

  std::string read(const ReadOptions& options = {}) {
    const auto stream = provider_->openRead(StoragePath::parse("f"), options, {});
    std::string result;
    std::array<std::byte, 3> block{};
    while (const auto count = stream->read(block)) {
      result.append(reinterpret_cast<const char*>(block.data()), count);
    }
    return result;
  }

  NoLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

const ReadOptions kTwoToFour{.range = ByteRange{2, 4}};

TEST_F(NextcloudRead, SkipsToTheRangeWhereTheServerIgnoresIt) {
  start("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 8\r\n\r\n01234567");

  EXPECT_EQ(read(kTwoToFour), "234");
}

TEST_F(NextcloudRead, RefusesAnotherRangeThanItAskedFor) {
  start(
      "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Range: bytes 0-2/8\r\n"
      "Content-Length: 3\r\n\r\n012");

  EXPECT_THAT([&] { read(kTwoToFour); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(NextcloudRead, RefusesARangeNobodyAskedFor) {
  start(
      "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Range: bytes 0-2/8\r\n"
      "Content-Length: 3\r\n\r\n012");

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(NextcloudRead, FindsAShortFileTruncated) {
  start("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 8\r\n\r\n0123", RawAnswer::Then::Close);

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(NextcloudRead, FindsAShortFileTruncatedThatIsMoved) {
  start("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 8\r\n\r\n0123", RawAnswer::Then::Close);
  const auto stream = provider_->openRead(StoragePath::parse("f"), {}, {});
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK), 0);
  std::array<std::byte, 1> block{};
  std::size_t got = 0;

  EXPECT_THAT(
      [&] {
        for (int turn = 0; turn < 16; ++turn) {
          const auto moved = stream->splice(pipe[1], 8);
          got += moved ? *moved : stream->read(block);
        }
      },
      ThrowsStorageError(StorageErrc::Truncated));

  EXPECT_EQ(got, 4U);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_F(NextcloudRead, FindsAPartLongerThanItsRangeWrong) {
  start(
      "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Range: bytes 2-4/8\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\n23456\r\n0\r\n\r\n");

  EXPECT_THAT([&] { read(kTwoToFour); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(NextcloudRead, JudgesConditionsByTheEtagOfTheAnswer) {
  start("HTTP/1.1 200 OK\r\nETag: \"e-gzip\"\r\nContent-Length: 1\r\n\r\n0");

  EXPECT_THAT([&] { read({.ifNoneMatch = ETag{"e"}}); },
              ThrowsStorageError(StorageErrc::NotModified));
}

TEST_F(NextcloudRead, FindsAPageInsteadOfAListingWrong) {
  start("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");

  EXPECT_THAT([&] { provider_->list({}, {}, {}); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(NextcloudRead, FindsACutListingTruncated) {
  start(
      "HTTP/1.1 207 Multi\r\nTransfer-Encoding: chunked\r\n\r\n"
      "26\r\n<d:multistatus xmlns:d='DAV:'><d:respo\r\n",
      RawAnswer::Then::Close);

  EXPECT_THAT([&] { provider_->list({}, {}, {}); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST(Unconfigured, EveryCallSaysSo) {
  NoLog log;
  const Settings settings;
  const auto provider = makeNextcloudProvider({settings, log});

  try {
    provider->check({});
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Unavailable);
    EXPECT_STREQ(error.what(), "Nextcloud not configured");
  }
}

class BadUrl : public testing::TestWithParam<const char*> {};

TEST_P(BadUrl, IsRefusedBeforeAnyRequest) {
  NoLog log;
  const Settings settings(Settings::Values{{"url", GetParam()}});

  EXPECT_THAT(
      [&] {
        makeNextcloudProvider({settings, log});
      },
      ThrowsStorageError(StorageErrc::ConfigInvalid));
}

INSTANTIATE_TEST_SUITE_P(Settings, BadUrl,
                         testing::Values("cloud.example.test", "ftp://cloud.example.test",
                                         "http://", "http://u:p@cloud.example.test",
                                         "http://cloud.example.test/?a=b",
                                         "http://cloud.example.test/#a",
                                         "http://cloud.example.test:99999",
                                         "http://cloud.example.test/%zz"));

}  // namespace
}  // namespace mediadock::nextcloud
