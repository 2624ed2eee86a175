/// \file
/// Pieces of a file (RFC 9110 §14) over every storage.

#include "http_cases/served_api.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::StartsWith;

class RangeRequests : public HttpCases {
 protected:
  void expectWhole(const HttpAnswer& answer) const {
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "1000");
    EXPECT_FALSE(answer.headers.has("Content-Range"));
    EXPECT_TRUE(answer.body == content);
  }

  void expectPiece(const HttpAnswer& answer, std::size_t first, std::size_t length) const {
    EXPECT_EQ(answer.status, 206);
    EXPECT_EQ(answer.header("Content-Range"), "bytes " + std::to_string(first) + "-" +
                                                  std::to_string(first + length - 1) + "/1000");
    EXPECT_EQ(answer.header("Content-Length"), std::to_string(length));
    EXPECT_TRUE(answer.body == content.substr(first, length));
  }
};

INSTANTIATE_TEST_SUITE_P(Storages, RangeRequests, testing::ValuesIn(everyStorage()),
                         kNameOfStorage);

TEST_P(RangeRequests, R01GetTheWholeWithItsValidatorsWhereNoneIsAskedFor) {
  const auto answer = get();

  expectWhole(answer);
  EXPECT_EQ(answer.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(answer.header("Last-Modified"), kLongAgoDate);
  EXPECT_TRUE(answer.headers.has("ETag"));
}

TEST_P(RangeRequests, R02R03R04R06R07R14R16R23GetTheirPiece) {
  struct Piece {
    std::string range;
    std::size_t first;
    std::size_t length;
  };

  const std::string etag = get().header("ETag");
  const std::vector<Piece> pieces{{"bytes=0-99", 0, 100},
                                  {"bytes=900-", 900, 100},
                                  {"bytes=-100", 900, 100},
                                  {"bytes=0-", 0, 1000},
                                  {"bytes=999-999", 999, 1},
                                  {"bytes=990-5000", 990, 10},
                                  {"bytes=-5000", 0, 1000},
                                  {"\t bytes=0-9 \t", 0, 10},
                                  {"BYTES=0-9", 0, 10},
                                  {"bytes=0-99999999999999999999", 0, 1000},
                                  {"bytes=500-99999999999999999999", 500, 500}};
  for (const Piece& piece : pieces) {
    SCOPED_TRACE(piece.range);
    const auto answer = getRange(piece.range);
    expectPiece(answer, piece.first, piece.length);
    EXPECT_EQ(answer.header("ETag"), etag);
  }
}

TEST_P(RangeRequests, R09R10R11R19R23AreRefusedOutsideTheFile) {
  for (const char* range : {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=2000-,3000-",
                            "bytes=18446744073709551615-"}) {
    SCOPED_TRACE(range);
    const auto answer = getRange(range);
    EXPECT_EQ(answer.status, 416);
    EXPECT_EQ(answer.header("Content-Range"), "bytes */1000");
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_THAT(answer.body, StartsWith("{"));
  }
}

TEST_P(RangeRequests, R13R14R15GetTheWholeWhereTheyAreNone) {
  for (const char* range : {"bytes=abc", "bytes=", "bytes=1", "bytes=--1", "bytes=1-2-3",
                            "bytes=9-1", "bytes = 0-9", "bytes=0-9,abc", "items=0-5", "0-5"}) {
    SCOPED_TRACE(range);
    expectWhole(getRange(range));
  }
  expectWhole(getRange("bytes=0-9", "Range: bytes=20-29\r\n"));
}

TEST_P(RangeRequests, R17R22GetSeveralPiecesInOneAnswer) {
  const std::string ownType = get().header("Content-Type");
  for (const std::string separator : {",", ", ", " ,\t"}) {
    const auto answer = getRange("bytes=0-9" + separator + "20-29");

    ASSERT_EQ(answer.status, 206);
    const std::string type = answer.header("Content-Type");
    ASSERT_THAT(type, StartsWith("multipart/byteranges; boundary="));
    EXPECT_FALSE(answer.headers.has("Content-Range"));
    const std::string line = "\r\n--" + type.substr(type.find('=') + 1);
    const std::string part = line + "\r\nContent-Type: " + ownType + "\r\nContent-Range: bytes ";
    EXPECT_EQ(answer.body, part + "0-9/1000\r\n\r\n" + content.substr(0, 10) + part +
                               "20-29/1000\r\n\r\n" + content.substr(20, 10) + line + "--\r\n");
    EXPECT_FALSE(answer.isShort);
  }
}

TEST_P(RangeRequests, R18R20GetOnePieceWhereOnlyOneIsLeft) {
  expectPiece(getRange("bytes=0-9,5000-6000"), 0, 10);
  expectPiece(getRange("bytes=0-99,50-149"), 0, 150);
  expectPiece(getRange("bytes=0-99,100-149"), 0, 150);
}

TEST_P(RangeRequests, R21X69GetNoMoreThanTheFileHoweverManyTheyAre) {
  std::string range = "bytes=0-0";
  for (int i = 1; i < 1000; ++i) {
    range += "," + std::to_string(i) + "-" + std::to_string(i);
  }

  expectWhole(getRange(range));
}

TEST_P(RangeRequests, R24GetAnEmptyFileWhole) {
  storage->put("Media/empty", "");

  for (const char* range : {"bytes=0-", "bytes=-5", "bytes=0-0", "bytes=5-9"}) {
    const auto answer = api.get(fileTarget("Media/empty"), std::string("Range: ") + range + "\r\n");
    EXPECT_EQ(answer.status, 200) << range;
    EXPECT_EQ(answer.header("Content-Length"), "0") << range;
  }
}

TEST_P(RangeRequests, R26AreMeantForGetOnly) {
  const std::string range = "Range: bytes=0-9\r\n";

  const auto head = api.bodilessAnswer("HEAD", target, range);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "1000");
  EXPECT_EQ(api.connect()
                .exchange("POST", "/api/crm/storage/folder",
                          range + "Content-Type: application/json\r\n", R"({"path":"New"})")
                .status,
            201);
  EXPECT_EQ(api.connect().exchange("DELETE", target, range).status, 204);
}

TEST_P(RangeRequests, R29GetTheBytesAsTheyAreStored) {
  const auto answer = getRange("bytes=100-199", "Accept-Encoding: gzip, br\r\n");

  expectPiece(answer, 100, 100);
  EXPECT_FALSE(answer.headers.has("Content-Encoding"));
}

TEST_P(RangeRequests, R02GetAnyPieceOfALargerFile) {
  const std::string large = countingBytes(700001);
  storage->put("Media/large", large);
  auto client = api.connect();
  for (const std::size_t first : {0U, 1U, 65535U, 65536U, 262143U, 262144U, 699999U}) {
    for (const std::size_t length : {1U, 2U, 65536U, 262145U}) {
      const std::size_t last = first + length - 1;
      const auto answer = client.exchange(
          "GET", fileTarget("Media/large"),
          "Range: bytes=" + std::to_string(first) + "-" + std::to_string(last) + "\r\n");
      EXPECT_TRUE(answer.body == large.substr(first, length)) << first << "-" << last;
    }
  }
}

}  // namespace
}  // namespace mediadock
