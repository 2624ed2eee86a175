// Ranges as sabre/dav and other servers answer them, and files whose answer names no version.

#include "reading/read_range.h"

#include "support/lighttpd_dav.h"
#include "support/raw_server.h"
#include "unit/nextcloud/scripted_world.h"

#include <fstream>

namespace mediadock::nextcloud {
namespace {

using testing::HasSubstr;
using testing::Not;

const StoragePath kFile = StoragePath::parse("f");

class ScriptedRange : public ScriptedWorld {
 protected:
  ScriptedRange() {
    server.putFile("f", "0123456789");
    server.putFile("one", "x");
    server.putFile("empty", "");
    provider = open(server.url());
  }

  std::string read(const std::string& path, const ByteRange& range) {
    return readAll(*provider->openRead(StoragePath::parse(path), {.range = range}, {}));
  }
};

TEST_F(ScriptedRange, TheFirstByteAloneIsOneByte) {
  EXPECT_EQ(read("f", {0, 0}), "0");
  EXPECT_EQ(read("one", {0, 0}), "x");
}

TEST_F(ScriptedRange, TheFirstByteIsNeverAskedForAlone) {
  read("f", {0, 0});

  for (const auto& request : server.requests()) {
    const auto range = request.headers.find("range");
    EXPECT_TRUE(range == request.headers.end() || range->second != "bytes=0-0");
  }
}

TEST_F(ScriptedRange, AnyOtherOneIsThatOne) {
  EXPECT_EQ(read("f", {9, 9}), "9");
  EXPECT_EQ(read("f", {1, 1}), "1");
  EXPECT_EQ(read("f", {8, 100}), "89");
  EXPECT_EQ(read("f", {std::nullopt, 1}), "9");
  EXPECT_EQ(read("f", {std::nullopt, 100}), "0123456789");
  EXPECT_EQ(read("empty", {std::nullopt, 1}), "");
}

TEST_F(ScriptedRange, WhatNoFileHasIsRefusedWithoutAsking) {
  EXPECT_THAT(
      [&] {
        read("f", {std::nullopt, 0});
      },
      ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  for (const ByteRange& range : {ByteRange{5, 2}, ByteRange{1, 0}, ByteRange{}}) {
    EXPECT_THAT([&] { read("f", range); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  }
  EXPECT_EQ(requestsOf("GET", "/f"), 0);
}

TEST_F(ScriptedRange, WhatNoFileHasIsStillOfAFileThatIsThere) {
  const ByteRange none{std::nullopt, 0};

  EXPECT_THAT([&] { read("missing", none); }, ThrowsStorageError(StorageErrc::NotFound));
  server.makeFolder("folder");
  EXPECT_THAT([&] { read("folder", none); }, ThrowsStorageError(StorageErrc::IsADirectory));
}

TEST(ContentRange, NeedNotTellTheSize) {
  const auto range = parseContentRange("bytes 1-2/*");

  ASSERT_TRUE(range);
  EXPECT_EQ(range->slice, (ByteSlice{1, 2}));
  EXPECT_FALSE(range->size);
}

class OtherContentRange : public testing::TestWithParam<const char*> {};

TEST_P(OtherContentRange, IsNone) {
  EXPECT_FALSE(parseContentRange(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Texts, OtherContentRange,
                         testing::Values("", "bytes */100", "bytes 2-1/100", "bytes 100-99999/100",
                                         "bytes 0-100/100", "bytes 2-1/*", "bytes 1-2/**",
                                         "bytes 1-2/", "bytes 1-2", "bytes -2/3", "items 1-2/3",
                                         "bytes 0-18446744073709551615/*"));

/// A server of which each answer is known to the byte.
class RawRange : public testing::Test {
 protected:
  /// The answers on the first connection, and on a second one beside it.
  void start(RawServer::Script first, RawServer::Script second = {}) {
    server_ = std::make_unique<RawServer>(
        std::vector<RawServer::Script>{std::move(first), std::move(second)});
    const Settings settings(
        {{"url", server_->url() + "/remote.php/dav/files/console"}, {"username", "console"}});
    provider_ = makeNextcloudProvider({settings, log_});
  }

  static RawAnswer part(const std::string& range, const std::string& bytes) {
    return {.bytes = "HTTP/1.1 206 Partial\r\nETag: \"e\"\r\nContent-Range: bytes " + range +
                     "\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes};
  }

  static RawAnswer listed(const std::string& etag) {
    const std::string body =
        "<d:multistatus xmlns:d='DAV:'><d:response>"
        "<d:href>/remote.php/dav/files/console/f</d:href><d:propstat><d:prop><d:resourcetype/>"
        "<d:getcontentlength>8</d:getcontentlength><d:getetag>\"" +
        etag +
        "\"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        "</d:multistatus>";
    return {.bytes = "HTTP/1.1 207 Multi\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\n\r\n" + body};
  }

  std::string read(const ByteRange& range) {
    const auto stream = provider_->openRead(kFile, {.range = range}, {});
    info_ = stream->info();
    std::string result;
    std::array<std::byte, 3> block{};
    while (const auto count = stream->read(block)) {
      result.append(reinterpret_cast<const char*>(block.data()), count);
    }
    return result;
  }

  SilentLog log_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
  ReadInfo info_;
};

TEST_F(RawRange, AWiderOneIsCutToWhatWasAsked) {
  for (const auto& [range, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"0-7/8", "01234567"}, {"2-7/8", "234567"}, {"1-4/8", "1234"}, {"2-5/8", "2345"}}) {
    start({part(range, bytes)});

    EXPECT_EQ(read({2, 4}), "234") << range;
    EXPECT_EQ(info_.offset, 2U);
    EXPECT_EQ(info_.length, 3U);
    EXPECT_EQ(info_.entry.size, 8U);
  }
}

TEST_F(RawRange, AWiderSuffixIsCutToo) {
  start({part("0-7/8", "01234567")});

  EXPECT_EQ(read({std::nullopt, 2}), "67");
}

TEST_F(RawRange, TheConnectionServesAgainWhereLittleWasCutOff) {
  start({part("0-7/8", "01234567"), part("2-4/8", "234")});

  EXPECT_EQ(read({2, 4}), "234");
  EXPECT_EQ(read({2, 4}), "234");
}

TEST_F(RawRange, WhatLacksAByteThatWasAskedForIsRefused) {
  for (const auto& [range, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"0-3/8", "0123"}, {"3-7/8", "34567"}, {"2-3/8", "23"}, {"5-7/8", "567"}}) {
    start({part(range, bytes)});

    EXPECT_THAT([&] { read({2, 4}); }, ThrowsStorageError(StorageErrc::Protocol)) << range;
  }
}

TEST_F(RawRange, OfAFileWhoseSizeItDoesNotTellIsHeldAgainstTheListing) {
  start({part("2-4/*", "234")}, {listed("e")});

  EXPECT_EQ(read({2, 4}), "234");
  EXPECT_EQ(info_.entry.size, 8U);
}

TEST_F(RawRange, OfASizeThatIsAnotherVersionsIsRefused) {
  start({part("2-4/*", "234")}, {listed("other")});

  EXPECT_THAT([&] { read({2, 4}); }, ThrowsStorageError(StorageErrc::Conflict));
}

/// lighttpd sends no etag with a type that it was not told of.
class LighttpdRead : public testing::Test {
 protected:
  LighttpdRead() {
    for (const char* name : {"photo.heic", "note.txt"}) {
      std::ofstream(server_.documentRoot() / name) << "0123456789";
    }
  }

  std::string read(const std::string& name, const ReadOptions& options = {}) {
    const auto stream = provider_->openRead(StoragePath::parse(name), options, {});
    etag_ = stream->info().entry.etag;
    std::string result;
    std::array<std::byte, 100> block{};
    while (const auto count = stream->read(block)) {
      result.append(reinterpret_cast<const char*>(block.data()), count);
    }
    return result;
  }

  LighttpdDav server_;
  SilentLog log_;
  const Settings settings_{{{"url", server_.url()},
                            {"username", server_.username()},
                            {"app_password", server_.password()}}};
  std::unique_ptr<IStorageProvider> provider_ = makeNextcloudProvider({settings_, log_});
  std::optional<ETag> etag_;
};

TEST_F(LighttpdRead, GivesEachFileWithTheVersionThatStatTells) {
  for (const char* name : {"photo.heic", "note.txt"}) {
    EXPECT_EQ(read(name), "0123456789") << name;
    ASSERT_TRUE(etag_) << name;
    EXPECT_EQ(etag_, provider_->stat(StoragePath::parse(name), {})->etag) << name;
    EXPECT_EQ(read(name, {.range = ByteRange{2, 4}, .ifMatch = etag_}), "234") << name;
    EXPECT_EQ(read(name, {.range = ByteRange{0, 0}}), "0") << name;
  }
}

TEST_F(LighttpdRead, HoldsConditionsAgainstThatVersion) {
  for (const char* name : {"photo.heic", "note.txt"}) {
    const auto etag = provider_->stat(StoragePath::parse(name), {})->etag;

    EXPECT_THAT([&] { read(name, {.ifNoneMatch = etag}); },
                ThrowsStorageError(StorageErrc::NotModified));
    EXPECT_THAT([&] { read(name, {.ifMatch = ETag{"other"}}); },
                ThrowsStorageError(StorageErrc::PreconditionFailed));
  }
}

TEST_F(LighttpdRead, RefusesAFolderAndWhatIsMissing) {
  provider_->makeDirectory(StoragePath::parse("folder.heic"), {});

  EXPECT_THAT([&] { read("folder.heic"); }, ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_THAT([&] { read("missing.heic"); }, ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(LighttpdRead, ReadsWhatItWrote) {
  const auto stream = provider_->openWrite({.path = StoragePath::parse("new.heic")}, {}, {});
  stream->write(std::as_bytes(std::span(std::string_view("abc"))));
  stream->commit();

  EXPECT_EQ(read("new.heic"), "abc");
}

}  // namespace
}  // namespace mediadock::nextcloud
