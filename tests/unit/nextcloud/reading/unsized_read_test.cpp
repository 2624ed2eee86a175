// Reading files of which the server does not tell how large they are, or tells it wrongly.

#include "support/raw_server.h"
#include "unit/nextcloud/scripted_world.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

const StoragePath kUnsizedFile = StoragePath::parse("f");

std::string chunked(const std::string& body, const std::string& head = "") {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", body.size());
  return "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nTransfer-Encoding: chunked\r\n" + head + "\r\n" +
         (body.empty() ? "" : size + body + "\r\n") + "0\r\n\r\n";
}

std::string listed(const std::string& properties) {
  const std::string body =
      "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/remote.php/dav/files/u/f</d:href>"
      "<d:propstat><d:prop><d:getetag>\"e\"</d:getetag>" +
      properties +
      "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>";
  return "HTTP/1.1 207 Multi-Status\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string size(const std::string& text) {
  return "<d:getcontentlength>" + text + "</d:getcontentlength>";
}

class UnsizedRead : public testing::Test {
 protected:
  /// Answers in this order, on one connection.
  void start(const std::vector<std::string>& answers) {
    RawServer::Script script;
    for (const auto& answer : answers) {
      script.push_back({answer});
    }
    start(std::vector<RawServer::Script>{script});
  }

  void start(std::vector<RawServer::Script> scripts) {
    server_ = std::make_unique<RawServer>(std::move(scripts));
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
    provider = makeNextcloudProvider({settings, log_});
  }

  std::string read(const ReadOptions& options = {}) {
    const auto stream = provider->openRead(kUnsizedFile, options, {});
    info = stream->info();
    std::string result;
    std::array<std::byte, 4> block{};
    while (const auto count = stream->read(block)) {
      result.append(reinterpret_cast<const char*>(block.data()), count);
    }
    return result;
  }

  std::unique_ptr<IStorageProvider> provider;
  ReadInfo info;

 private:
  SilentLog log_;
  std::unique_ptr<RawServer> server_;
};

class FalseSize : public UnsizedRead, public testing::WithParamInterface<const char*> {};

INSTANTIATE_TEST_SUITE_P(Listed, FalseSize,
                         testing::Values("", "<d:getcontentlength>0</d:getcontentlength>",
                                         "<d:getcontentlength>-1</d:getcontentlength>",
                                         "<d:getcontentlength/>"));

TEST_P(FalseSize, LosesNoByte) {
  start({chunked("123456789"), listed(GetParam()), chunked("123456789")});

  EXPECT_EQ(read(), "123456789");
  EXPECT_EQ(info.length, std::nullopt);
  EXPECT_EQ(info.entry.size, std::nullopt);
}

TEST_P(FalseSize, IsNoneOfAnEmptyFile) {
  start({chunked(""), listed(GetParam())});

  EXPECT_EQ(read(), "");
  EXPECT_EQ(info.length, 0U);
}

TEST_P(FalseSize, HidesNoBreak) {
  const auto whole = chunked("123456789");
  RawServer server({{{whole},
                     {listed(GetParam())},
                     {whole.substr(0, whole.size() - 9), RawAnswer::Then::Close}}});
  SilentLog log;
  const Settings settings(
      {{"url", server.url() + "/remote.php/dav/files/u"}, {"username", "u"}, {"retries", "0"}});
  provider = makeNextcloudProvider({settings, log});

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::Truncated));
  provider.reset();
}

TEST_P(FalseSize, CannotBeCutFromWhereThereAreNoRanges) {
  start({chunked("123456789"), listed(GetParam()), chunked("123456789")});

  EXPECT_THAT(
      [&] {
        read({.range = ByteRange{2, 4}});
      },
      ThrowsStorageError(StorageErrc::Unsupported));
}

TEST_F(UnsizedRead, ALengthThatTheSecondAnswerHasCounts) {
  start({chunked("123456789"), listed(""),
         "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 9\r\n\r\n123456789"});

  EXPECT_EQ(read({.range = ByteRange{2, 4}}), "345");
  EXPECT_EQ(info.entry.size, 9U);
}

TEST_F(UnsizedRead, MoreThanWasListedIsAnError) {
  start({chunked("123456789"), listed(size("5")), chunked("123456789")});

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(UnsizedRead, LessThanWasListedIsAnError) {
  start({chunked("123456789"), listed(size("12")), chunked("123456789")});

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(UnsizedRead, GivesThePartThatTheServerCuts) {
  const std::string head =
      "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Length: 3\r\nContent-Range: bytes ";
  start(std::vector<RawServer::Script>{{{head + "2-4/*\r\n\r\n345"}}, {{listed("")}}});

  EXPECT_EQ(read({.range = ByteRange{2, 4}}), "345");
  EXPECT_EQ(info.offset, 2U);
  EXPECT_EQ(info.length, 3U);
  EXPECT_EQ(info.entry.size, std::nullopt);
}

TEST_F(UnsizedRead, TakesGosWordsForTheEndOfAnEmptyFile) {
  start(
      {"HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Length: 0\r\n"
       "Content-Range: bytes 0--1/0\r\n\r\n",
       listed(size("0"))});

  EXPECT_EQ(read({.range = ByteRange{std::nullopt, 5}}), "");
  EXPECT_EQ(info.length, 0U);
}

TEST_F(UnsizedRead, FindsAFolderWhereTheServerHasNoGetOfOne) {
  start({"HTTP/1.1 405 Not Allowed\r\nContent-Length: 0\r\n\r\n",
         listed("<d:resourcetype><d:collection/></d:resourcetype>")});

  EXPECT_THAT([&] { read(); }, ThrowsStorageError(StorageErrc::IsADirectory));
}

TEST_F(UnsizedRead, GivesTheEndThatTheServerCuts) {
  const std::string head =
      "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Length: 3\r\nContent-Range: bytes ";
  start(std::vector<RawServer::Script>{{{head + "6-8/*\r\n\r\n789"}}, {{listed("")}}});

  EXPECT_EQ(read({.range = ByteRange{std::nullopt, 3}}), "789");
  EXPECT_EQ(info.offset, 6U);
}

}  // namespace
}  // namespace mediadock::nextcloud
