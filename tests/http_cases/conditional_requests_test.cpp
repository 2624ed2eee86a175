/// \file
/// Requests that hold for one version only (RFC 9110 §13) over every storage.

#include "http_cases/served_api.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;

const std::string kSecondBefore = "Wed, 01 May 2024 09:59:59 GMT";

class ConditionalRequests : public HttpCases {
 protected:
  struct Row {
    std::string headers;
    int status;
  };

  void expectStatuses(const std::vector<Row>& rows) const {
    for (const Row& row : rows) {
      EXPECT_EQ(get(row.headers).status, row.status) << row.headers;
    }
  }

  /// nginx as a WebDAV server tells no etag of a file in its listings, and so has only a weak one.
  bool isStrong() const { return !etag.starts_with("W/"); }

  const std::string etag = get().header("ETag");
  const std::string weak = isStrong() ? "W/" + etag : etag;
};

INSTANTIATE_TEST_SUITE_P(Storages, ConditionalRequests, testing::ValuesIn(everyStorage()),
                         kNameOfStorage);

TEST_P(ConditionalRequests, C02C03C05C06C07CompareIfNoneMatchWeakly) {
  expectStatuses({{"If-None-Match: \"zz\"\r\n", 200},
                  {"If-None-Match: " + etag + "\r\n", 304},
                  {"If-None-Match: " + weak + "\r\n", 304},
                  {"If-None-Match: *\r\n", 304},
                  {"If-None-Match: \"a\", " + etag + " , \"b\"\r\n", 304},
                  {"If-None-Match: " + weak.substr(3, weak.size() - 4) + "\r\n", 200},
                  {"If-None-Match: \"a\"\r\nIf-None-Match: " + etag + "\r\n", 304}});
}

TEST_P(ConditionalRequests, C09C11C12HeedIfModifiedSinceWhereNoEtagIsGiven) {
  const std::string since = "If-Modified-Since: ";
  expectStatuses({{since + kLongAgoDate + "\r\n", 304},
                  {since + kSecondBefore + "\r\n", 200},
                  {since + "garbage\r\n", 200},
                  {since + "Wednesday, 01-May-24 10:00:00 GMT\r\n", 304},
                  {since + "Wed May  1 10:00:00 2024\r\n", 304},
                  {"If-None-Match: \"zz\"\r\n" + since + kLongAgoDate + "\r\n", 200},
                  {"If-None-Match: " + etag + "\r\n" + since + kSecondBefore + "\r\n", 304}});
}

TEST_P(ConditionalRequests, C15C16C18C19CompareIfMatchStrongly) {
  const std::string since = "If-Unmodified-Since: ";
  const int whereStrong = isStrong() ? 200 : 412;
  expectStatuses({{"If-Match: \"zz\"\r\n", 412},
                  {"If-Match: " + etag + "\r\n", whereStrong},
                  {"If-Match: *\r\n", 200},
                  {"If-Match: \"a\", " + etag + "\r\n", whereStrong},
                  {"If-Match: " + weak + "\r\n", 412},
                  {since + kSecondBefore + "\r\n", 412},
                  {since + kLongAgoDate + "\r\n", 200},
                  {since + "garbage\r\n", 200},
                  {"If-Match: " + etag + "\r\n" + since + kSecondBefore + "\r\n", whereStrong},
                  {"If-Match: \"zz\"\r\n" + since + kLongAgoDate + "\r\n", 412}});
}

TEST_P(ConditionalRequests, C20LeaveFileAndRecordWhereADeleteIsMeantForAnotherVersion) {
  const std::string uploaded = api.upload("Media", "b.bin", "b").header("Location");
  auto client = api.connect();
  const std::string own = client.exchange("HEAD", uploaded).header("ETag");

  EXPECT_EQ(client.exchange("DELETE", uploaded, "If-Match: \"zz\"\r\n").status, 412);
  EXPECT_EQ(client.exchange("DELETE", uploaded, "If-None-Match: *\r\n").status, 412);
  EXPECT_EQ(
      client.exchange("DELETE", uploaded, "If-Unmodified-Since: " + kSecondBefore + "\r\n").status,
      412);
  EXPECT_EQ(client.exchange("GET", uploaded).body, "b");
  EXPECT_THAT(api.get("/api/crm/media").body, HasSubstr("\"nextcloud_path\":\"Media/b.bin\""));
  if (!own.starts_with("W/")) {
    EXPECT_EQ(client.exchange("DELETE", uploaded, "If-Match: " + own + "\r\n").status, 204);
    EXPECT_EQ(api.get("/api/crm/media").body, "[]");
  }
}

TEST_P(ConditionalRequests, C20AreNoMatterWhereThereIsNothing) {
  auto client = api.connect();
  for (const char* condition : {"If-Match: \"zz\"", "If-Match: *", "If-None-Match: *"}) {
    const std::string headers = std::string(condition) + "\r\n";
    EXPECT_EQ(client.exchange("GET", fileTarget("Media/no"), headers).status, 404) << condition;
    EXPECT_EQ(client.exchange("DELETE", fileTarget("Media/no"), headers).status, 404) << condition;
  }
}

TEST_P(ConditionalRequests, C21AreJudgedBeforeTheRange) {
  for (const char* range : {"bytes=0-9", "bytes=5000-", "bytes=0-0,-1"}) {
    EXPECT_EQ(getRange(range, "If-None-Match: " + etag + "\r\n").status, 304) << range;
    EXPECT_EQ(getRange(range, "If-Match: \"zz\"\r\n").status, 412) << range;
  }
}

TEST_P(ConditionalRequests, C22C23C24C25GetTheirRangeOnlyOfTheVersionTheyName) {
  const auto status = [&](const std::string& version) {
    return getRange("bytes=0-9", "If-Range: " + version + "\r\n").status;
  };

  EXPECT_EQ(status(etag), isStrong() ? 206 : 200);
  EXPECT_EQ(status("\"zz\""), 200);
  EXPECT_EQ(status(weak), 200);
  EXPECT_EQ(status(kLongAgoDate), 206);
  EXPECT_EQ(status(kSecondBefore), 200);
  EXPECT_EQ(status("garbage"), 200);
  EXPECT_EQ(getRange("bytes=5000-", "If-Range: \"zz\"\r\n").status, 200);
}

TEST_P(ConditionalRequests, C29HaveNoBodyWhereNothingHasChanged) {
  const std::string condition = "If-None-Match: " + etag + "\r\n";
  for (const char* method : {"GET", "HEAD"}) {
    const auto answer = api.bodilessAnswer(method, target, condition);
    EXPECT_EQ(answer.status, 304);
    EXPECT_EQ(answer.header("ETag"), etag);
    EXPECT_EQ(answer.header("Cache-Control"), "private, no-cache");
    EXPECT_FALSE(answer.headers.has("Content-Length"));
    EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  }
}

TEST_P(ConditionalRequests, C32FindOneValidatorPerVersionWhicheverWayItIsAskedFor) {
  const auto head = api.bodilessAnswer("HEAD", target);
  const auto piece = getRange("bytes=0-9");

  EXPECT_EQ(head.header("ETag"), etag);
  EXPECT_EQ(piece.header("ETag"), etag);
  EXPECT_EQ(head.header("Last-Modified"), kLongAgoDate);
  EXPECT_EQ(piece.header("Last-Modified"), kLongAgoDate);
  storage->put("Media/a.bin", "another");
  EXPECT_NE(get().header("ETag"), etag);
}

}  // namespace
}  // namespace mediadock
