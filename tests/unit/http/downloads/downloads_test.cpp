/// \file
/// The bytes of files, whole and in pieces, over a storage in memory.

#include "http/syntax/percent_encoding.h"
#include "support/file_beginnings.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

std::string thousandBytes() {
  std::string content;
  for (int i = 0; i < 1000; ++i) {
    content += static_cast<char>(i % 251);
  }
  return content;
}

/// `Media/a.bin` of 1000 bytes.
class Downloads : public Endpoints {
 protected:
  explicit Downloads(const std::string& without = "") : Endpoints(without) {
    world.put("Media/a.bin"_path, content);
    entry = *world.storage->stat("Media/a.bin"_path, world.context);
  }

  HttpAnswer range(const std::string& value, const std::string& headers = "") const {
    return get(target, "Range: " + value + "\r\n" + headers);
  }

  std::string content = thousandBytes();
  std::string target = fileTarget("Media/a.bin");
  Entry entry;
};

TEST_F(Downloads, R01H12SendTheWholeFileWithItsHeaders) {
  const auto answer = get(target);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, content);
  EXPECT_EQ(answer.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(answer.header("ETag"), entry.etag->str());
  EXPECT_EQ(answer.header("Content-Type"), "application/octet-stream");
  EXPECT_THAT(answer.header("Content-Disposition"), testing::StartsWith("attachment;"));
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
  EXPECT_EQ(answer.header("Cache-Control"), "private, no-cache");
}

TEST_F(Downloads, AnswerUnderTheOldNameToo) {
  EXPECT_EQ(get("/api/crm/nextcloud/file?path=Media%2Fa.bin").body, content);
}

TEST_F(Downloads, R02R04SendOneRange) {
  const auto first = range("bytes=0-99");
  const auto last = range("bytes=-100");

  EXPECT_EQ(first.status, 206);
  EXPECT_EQ(first.header("Content-Range"), "bytes 0-99/1000");
  EXPECT_EQ(first.body, content.substr(0, 100));
  EXPECT_EQ(last.header("Content-Range"), "bytes 900-999/1000");
  EXPECT_EQ(last.body, content.substr(900));
}

TEST_F(Downloads, R09R11RefuseARangeOutsideTheFile) {
  const auto beyond = range("bytes=1000-");

  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.header("Content-Range"), "bytes */1000");
  EXPECT_EQ(range("bytes=-0").status, 416);
  EXPECT_EQ(range("bytes=2000-,3000-").status, 416);
}

TEST_F(Downloads, R13R15R21IgnoreARangeTheyDoNotTake) {
  EXPECT_EQ(range("bytes=abc").status, 200);
  EXPECT_EQ(range("items=0-5").status, 200);
  EXPECT_EQ(range("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16").status, 200);
}

TEST_F(Downloads, R17SendSeveralRanges) {
  const auto answer = range("bytes=0-0,-1");

  const std::string type = answer.header("Content-Type");
  EXPECT_EQ(answer.status, 206);
  ASSERT_THAT(type, testing::StartsWith("multipart/byteranges; boundary="));
  const std::string boundary = "\r\n--" + type.substr(type.find('=') + 1);
  const std::string part = "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ";
  EXPECT_EQ(answer.body, boundary + part + "0-0/1000\r\n\r\n" + content.substr(0, 1) + boundary +
                             part + "999-999/1000\r\n\r\n" + content.substr(999) + boundary +
                             "--\r\n");
}

TEST_F(Downloads, R18R20SendOneRangeWhereOnlyOneIsLeft) {
  const auto joined = range("bytes=0-99,50-149");

  EXPECT_EQ(joined.header("Content-Range"), "bytes 0-149/1000");
  EXPECT_EQ(joined.body, content.substr(0, 150));
  EXPECT_EQ(range("bytes=0-9,5000-6000").body, content.substr(0, 10));
}

TEST_F(Downloads, R24SendAnEmptyFileWhole) {
  world.put("empty"_path, "");

  const auto answer = get(fileTarget("empty"), "Range: bytes=0-\r\n");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "0");
}

TEST_F(Downloads, C01C15C21JudgeConditionsBeforeRanges) {
  const std::string tag = entry.etag->str();

  const auto unchanged = range("bytes=0-9", "If-None-Match: " + tag + "\r\n");

  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.header("ETag"), tag);
  EXPECT_FALSE(unchanged.headers.has("Content-Length"));
  EXPECT_EQ(get(target, "If-Match: \"zz\"\r\n").status, 412);
  EXPECT_EQ(range("bytes=5000-", "If-None-Match: " + tag + "\r\n").status, 304);
}

TEST_F(Downloads, C22C23SendTheWholeWhereIfRangeDoesNotHold) {
  EXPECT_EQ(range("bytes=0-9", "If-Range: " + entry.etag->str() + "\r\n").status, 206);
  const auto whole = range("bytes=0-9", "If-Range: \"zz\"\r\n");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, content);
}

TEST_F(Downloads, C29AnswerHeadAsGetWithoutBody) {
  auto client = connect();

  const auto head = client.exchange("HEAD", target);

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "1000");
  EXPECT_EQ(head.header("ETag"), entry.etag->str());
  EXPECT_EQ(client.exchange("HEAD", target, "If-None-Match: *\r\n").status, 304);
  EXPECT_EQ(client.exchange("HEAD", fileTarget("nothing")).status, 404);
}

TEST_F(Downloads, H16AreImmutableUnderTheRightVersionOnly) {
  EXPECT_EQ(get(target + "&v=" + percentEncode(entry.etag->value)).header("Cache-Control"),
            "private, max-age=31536000, immutable");
  EXPECT_EQ(get(target + "&v=old").header("Cache-Control"), "private, no-cache");
}

TEST_F(Downloads, H01H02H10X22LetAQueryOnlyAddAttachment) {
  const auto disposition = [&](const std::string& name, const std::string& query) {
    world.put(StoragePath::parse(name), beginnings::kPng);
    return get(fileTarget(name) + query).header("Content-Disposition").substr(0, 6);
  };

  EXPECT_EQ(disposition("p.png", ""), "inline");
  EXPECT_EQ(disposition("p.png", "&download=1"), "attach");
  EXPECT_EQ(disposition("s.svg", ""), "attach");
  EXPECT_EQ(disposition("x.html", "&inline=true&download=0"), "attach");
}

TEST_F(Downloads, B08X01RefuseAPathThatIsNone) {
  for (const char* path : {"..%2f", "../../etc/passwd", "%zz", "%00", "%C0%AE", "/Media/a.bin",
                           "Media//a.bin", "Media/./a.bin", "....//"}) {
    EXPECT_EQ(get(std::string("/api/crm/storage/file?path=") + path).status, 400) << path;
  }
  EXPECT_EQ(get("/api/crm/storage/file").status, 400);
  EXPECT_EQ(get("/api/crm/storage/file?path=%252e%252e").status, 404);
}

TEST_F(Downloads, TellAFolderFromAFile) {
  EXPECT_EQ(get(fileTarget("Media")).status, 409);
  EXPECT_EQ(get(fileTarget("nothing")).status, 404);
}

class DownloadsWithoutRanges : public Downloads {
 protected:
  DownloadsWithoutRanges() : Downloads("range_read") {}
};

TEST_F(DownloadsWithoutRanges, R02SendOneRangeAllTheSame) {
  const auto answer = range("bytes=900-909");

  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.header("Content-Range"), "bytes 900-909/1000");
  EXPECT_EQ(answer.body, content.substr(900, 10));
}

TEST_F(DownloadsWithoutRanges, R17SendTheWholeInsteadOfSeveral) {
  const auto answer = range("bytes=0-0,-1");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, content);
}

}  // namespace
}  // namespace mediadock::http
