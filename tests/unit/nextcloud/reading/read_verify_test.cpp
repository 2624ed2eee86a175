// What is never taken for a file's bytes, however the storage serves them.

#include "support/raw_server.h"
#include "unit/nextcloud/writing/write_fixture.h"

#include <array>

namespace mediadock::nextcloud {
namespace {

using scripted::CutAnswerAfter;
using scripted::IgnoreRange;
using scripted::WrongContentRange;

const ReadOptions kBytesTwoToFour{.range = ByteRange{2, 4}};

std::string readAll(IStorageProvider& provider, const ReadOptions& options = {}) {
  const auto stream = provider.openRead(StoragePath::parse("f"), options, {});
  std::string result;
  std::array<std::byte, 3> block{};
  while (const auto count = stream->read(block)) {
    result.append(reinterpret_cast<const char*>(block.data()), count);
  }
  return result;
}

class ReadVerify : public NextcloudChange {
 protected:
  ReadVerify() { server_.putFile("f", "0123456789"); }
};

TEST_F(ReadVerify, ARangeThatIsIgnoredIsReachedBySkipping_R07_Problem24) {
  server_.misbehave({.method = "GET", .action = IgnoreRange{}});

  EXPECT_EQ(readAll(*provider_, kBytesTwoToFour), "234");
}

TEST_F(ReadVerify, AnotherRangeIsRefused_R08_Problem24) {
  server_.misbehave({.method = "GET", .action = WrongContentRange{"bytes 3-5/10"}});

  EXPECT_THAT([&] { readAll(*provider_, kBytesTwoToFour); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(ReadVerify, AShortBodyIsTruncated_R10_Problem25) {
  server_.misbehave({.method = "GET", .pathPart = "/f", .action = CutAnswerAfter{4}});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Truncated));
}

/// A files tree of which one answer is known to the byte.
class RawRead : public testing::Test {
 protected:
  void start(std::vector<RawServer::Script> scripts) {
    server_ = std::make_unique<RawServer>(std::move(scripts));
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/console"}, {"username", "console"}});
    provider_ = makeNextcloudProvider({settings, log_});
  }

  static RawServer::Script only(const std::string& answer,
                                RawAnswer::Then then = RawAnswer::Then::Next) {
    return {{answer, then}};
  }

  SilentLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

const std::string kSized =
    "HTTP/1.1 207 Multi\r\nConnection: close\r\n\r\n"
    "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/remote.php/dav/files/console/f</d:href>"
    "<d:propstat><d:prop><d:resourcetype/><d:getcontentlength>8</d:getcontentlength>"
    "<d:getetag>\"e\"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "</d:response></d:multistatus>";

const std::string kChunkedHead =
    "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST_F(RawRead, AChunkedBodyWithoutItsEndIsTruncated_R11_Problem25) {
  const auto cut = kChunkedHead + "8\r\n01234567\r\n";
  start({only(cut, RawAnswer::Then::Close), only(kSized, RawAnswer::Then::Close),
         only(cut, RawAnswer::Then::Close)});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(RawRead, AChunkedBodyIsHeldToTheListedSize_R10_Problem25) {
  const auto whole = kChunkedHead + "4\r\n0123\r\n0\r\n\r\n";
  start({only(whole, RawAnswer::Then::Close), only(kSized, RawAnswer::Then::Close),
         only(whole, RawAnswer::Then::Close)});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(RawRead, ALongerBodyThanTheListedSizeIsRefused_R12) {
  const auto whole = kChunkedHead + "9\r\n012345678\r\n0\r\n\r\n";
  start({only(whole, RawAnswer::Then::Close), only(kSized, RawAnswer::Then::Close),
         only(whole, RawAnswer::Then::Close)});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(RawRead, BytesAreHandedOnBeforeTheLastIsSent_R19) {
  start({only("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 8\r\n\r\n0123",
              RawAnswer::Then::Hold)});
  const auto stream = provider_->openRead(StoragePath::parse("f"), {}, {});
  std::array<std::byte, 100> block{};

  const auto count = stream->read(block);

  // The server never sends the rest.
  EXPECT_GE(count, 1U);
  EXPECT_LE(count, 4U);
}

TEST_F(RawRead, APackedBodyIsNotTheStoredFile_R20_Problem20) {
  start(
      {only("HTTP/1.1 200 OK\r\nETag: \"e-gzip\"\r\nContent-Encoding: gzip\r\n"
            "Content-Length: 8\r\n\r\n01234567")});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Protocol));
  EXPECT_NE(server_->requests().at(0).find("Accept-Encoding: identity\r\n"), std::string::npos);
}

TEST_F(RawRead, APageWithAnEtagIsNotTheFile_Problem30) {
  const std::string page =
      "HTTP/1.1 200 OK\r\nETag: \"page\"\r\nContent-Type: text/html; charset=UTF-8\r\n"
      "Connection: close\r\nContent-Length: 13\r\n\r\n<html></html>";
  start({only(page, RawAnswer::Then::Close), only(kSized, RawAnswer::Then::Close)});

  EXPECT_THAT([&] { readAll(*provider_); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(RawRead, AnAnswerAboutAnotherPathIsNoAnswer_Problem31) {
  start({only(kSized, RawAnswer::Then::Close)});

  EXPECT_THAT([&] { provider_->stat(StoragePath::parse("other"), {}); },
              ThrowsStorageError(StorageErrc::Protocol));
}

}  // namespace
}  // namespace mediadock::nextcloud
