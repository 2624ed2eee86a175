/// \file
/// Files that lie about what they are, on their way out. Put into the storage past the host, which
/// would not take some of them.

#include "support/file_beginnings.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <atomic>

namespace mediadock::http {
namespace {

using namespace beginnings;
using testing::StartsWith;

struct StoredFile {
  const char* label;
  const char* name;
  std::string content;
  const char* type;
  const char* disposition;
};

/// Long enough for a range that leaves the beginning out.
std::string padded(const std::string& content) {
  return content + std::string(2 * media::TypeSniffer::kBytes, ' ');
}

class StoredContent : public Endpoints, public testing::WithParamInterface<StoredFile> {
 protected:
  void expectHonest(const HttpAnswer& answer, int status) {
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Content-Type"), GetParam().type);
    EXPECT_THAT(answer.header("Content-Disposition"),
                StartsWith(GetParam().disposition + std::string(";")));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(answer.header("Content-Security-Policy"), StartsWith("sandbox;"));
  }

  HttpAnswer head() { return connect().exchange("HEAD", target); }

  void put(const std::string& content) { world.put(StoragePath::parse(GetParam().name), content); }

  const std::string target = fileTarget(GetParam().name);
};

TEST_P(StoredContent, X19X21X23IsNeverMoreThanItsBytes) {
  put(GetParam().content);

  const auto answer = get(target);

  expectHonest(answer, 200);
  EXPECT_EQ(answer.body, GetParam().content);
}

TEST_P(StoredContent, X23IsTheSameToHead) {
  put(GetParam().content);

  expectHonest(head(), 200);
  expectHonest(get(target), 200);
  expectHonest(head(), 200);
}

TEST_P(StoredContent, X23IsTheSameInPieces) {
  put(padded(GetParam().content));

  expectHonest(get(target, "Range: bytes=5000-5009\r\n"), 206);
  put(padded(GetParam().content) + "another version");
  expectHonest(get(target, "Range: bytes=0-\r\n"), 206);
  expectHonest(get(target, "Range: bytes=-1\r\n"), 206);
}

INSTANTIATE_TEST_SUITE_P(
    All, StoredContent,
    testing::Values(
        StoredFile{"Picture", "a.png", kPng, "image/png", "inline"},
        StoredFile{"H10Drawing", "a.svg", kSvg, "image/svg+xml", "attachment"},
        StoredFile{"Page", "a.html", kHtml, "application/octet-stream", "attachment"},
        StoredFile{"Script", "a.js", "alert(1)", "application/octet-stream", "attachment"},
        StoredFile{"Xml", "a.xml", "<?xml version=\"1.0\"?><a/>", "application/octet-stream",
                   "attachment"},
        StoredFile{"PageAsPicture", "a.png", kHtml, "image/png", "attachment"},
        StoredFile{"DrawingAsPicture", "a.jpg", kSvg, "image/jpeg", "attachment"},
        StoredFile{"PageAsText", "a.txt", kHtml, "text/plain", "attachment"},
        StoredFile{"WidePageAsText", "a.txt", utf16(kHtml), "text/plain", "attachment"},
        StoredFile{"Text", "a.txt", "hello", "text/plain", "inline"},
        StoredFile{"GifAndScript", "a.gif", kGifAndScript, "image/gif", "inline"},
        StoredFile{"PictureWithPageBehind", "a.png", kPngWithHtmlTail, "image/png", "inline"},
        StoredFile{"PdfWithScript", "a.pdf", kPdf, "application/pdf", "inline"},
        StoredFile{"PdfBehindPage", "a.pdf", kHtmlBeforePdf, "application/pdf", "attachment"},
        StoredFile{"ProgramAsFilm", "a.mp4", kWindowsProgram, "video/mp4", "attachment"},
        StoredFile{"H12Unknown", "a.xyz", kPng, "application/octet-stream", "attachment"}),
    [](const auto& test) { return std::string(test.param.label); });

TEST_F(Endpoints, StoredContentIsNotDescribedAnewWhereItHasNotChanged) {
  world.put("a.png"_path, kHtml);
  const std::string tag = get(fileTarget("a.png")).header("ETag");

  const auto answer = get(fileTarget("a.png"), "If-None-Match: " + tag + "\r\n");

  EXPECT_EQ(answer.status, 304);
  EXPECT_FALSE(answer.headers.has("Content-Disposition"));
  EXPECT_FALSE(answer.headers.has("Content-Type"));
}

/// Counts how often the storage is asked for bytes.
class ReadsOfStoredContent : public Endpoints {
 protected:
  explicit ReadsOfStoredContent(const std::string& without = "") : Endpoints(without) {
    world.put("a.png"_path, padded(kPng));
    world.onStep([this](const std::string& step) { reads_ += step == "before openRead" ? 1 : 0; });
  }

  int readsFor(const std::string& method, const std::string& headers = "") {
    reads_ = 0;
    connect().exchange(method, fileTarget("a.png"), headers);
    return reads_;
  }

 private:
  std::atomic<int> reads_ = 0;
};

TEST_F(ReadsOfStoredContent, AreNoMoreForAWholeFile) {
  EXPECT_EQ(readsFor("GET"), 1);
}

TEST_F(ReadsOfStoredContent, AreNoMoreForARangeFromTheStart) {
  EXPECT_EQ(readsFor("GET", "Range: bytes=0-\r\n"), 1);
}

TEST_F(ReadsOfStoredContent, AreOneMoreForARangeFromTheMiddleOnce) {
  EXPECT_EQ(readsFor("GET", "Range: bytes=5000-\r\n"), 2);
  EXPECT_EQ(readsFor("GET", "Range: bytes=5000-\r\n"), 1);
}

TEST_F(ReadsOfStoredContent, AreOneForAHeadOnce) {
  EXPECT_EQ(readsFor("HEAD"), 1);
  EXPECT_EQ(readsFor("HEAD"), 0);
}

class ReadsOfStoredContentWithoutRanges : public ReadsOfStoredContent {
 protected:
  ReadsOfStoredContentWithoutRanges() : ReadsOfStoredContent("range_read") {}
};

TEST_F(ReadsOfStoredContentWithoutRanges, AreNoMoreForAnyRange) {
  EXPECT_EQ(readsFor("GET", "Range: bytes=5000-\r\n"), 1);
}

}  // namespace
}  // namespace mediadock::http
