/// \file
/// Methods and the headers of answers (RFC 9110 §9, RFC 9111) over every storage.

#include "http/syntax/percent_encoding.h"
#include "http_cases/served_api.h"
#include "support/file_beginnings.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAre;

class PlainRequests : public HttpCases {
 protected:
  HttpAnswer getFile(const std::string& name, const std::string& bytes,
                     const std::string& query = "") const {
    storage->put(name, bytes);
    return api.get(fileTarget(name) + query);
  }
};

INSTANTIATE_TEST_SUITE_P(Storages, PlainRequests, testing::ValuesIn(everyStorage()),
                         kNameOfStorage);

TEST_P(PlainRequests, M02HaveNoBodyForAHead) {
  EXPECT_EQ(api.bodilessAnswer("HEAD", target).status, 200);
  EXPECT_EQ(api.bodilessAnswer("HEAD", fileTarget("Media/nothing")).status, 404);
  EXPECT_EQ(api.bodilessAnswer("HEAD", fileTarget("Media")).status, 409);
  EXPECT_EQ(api.bodilessAnswer("HEAD", target, "If-Match: \"zz\"\r\n").status, 412);
}

TEST_P(PlainRequests, M02HaveForAHeadTheHeadersOfTheGet) {
  const auto head = api.bodilessAnswer("HEAD", target);
  const auto whole = get();

  for (const char* name :
       {"Content-Length", "Content-Type", "Content-Disposition", "ETag", "Last-Modified",
        "Accept-Ranges", "Cache-Control", "Content-Security-Policy"}) {
    EXPECT_EQ(head.header(name), whole.header(name)) << name;
  }
}

TEST_P(PlainRequests, M03TellTheMethodsOfAFile) {
  const auto answer = api.bodilessAnswer("OPTIONS", target);

  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(http::listMembers(answer.header("Allow")),
              UnorderedElementsAre("GET", "HEAD", "DELETE", "OPTIONS"));
  EXPECT_FALSE(answer.headers.has("Content-Length"));
}

TEST_P(PlainRequests, M06M10AreRefusedWhereNothingTakesThem) {
  const auto trace = api.connect().exchange("TRACE", target, "X-Secret: s\r\n");
  EXPECT_EQ(trace.status, 405);
  EXPECT_THAT(trace.body, Not(HasSubstr("X-Secret")));
  EXPECT_EQ(api.connect().exchange("PUT", target, "", "x").status, 405);
  EXPECT_EQ(api.get("/api/crm/storage/nothing").status, 404);
  EXPECT_EQ(get().body, content);
}

TEST_P(PlainRequests, M12AreTakenFromOldHttp) {
  auto client = api.connect();
  client.send("GET " + target + " HTTP/1.0\r\n\r\n");

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body == content);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_TRUE(client.isClosed());
}

TEST_P(PlainRequests, M17AreAnsweredBehindABodyThatNobodyWanted) {
  auto client = api.connect();

  EXPECT_EQ(client.exchange("POST", target, "", "GET /healthz HTTP/1.1\r\n\r\n").status, 405);
  EXPECT_EQ(client.exchange("GET", target, "", "body").status, 200);
  EXPECT_TRUE(client.exchange("GET", target).body == content);
}

TEST_P(PlainRequests, H12OfferWhatIsOfNoKnownTypeForSaving) {
  const auto answer = getFile("Media/a.unheardof", "bytes");

  EXPECT_EQ(answer.header("Content-Type"), "application/octet-stream");
  EXPECT_THAT(answer.header("Content-Disposition"), StartsWith("attachment; "));
}

TEST_P(PlainRequests, H01H10X21ShowOnlyWhatCannotRun) {
  const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

  const auto picture = getFile("Media/a.png", beginnings::kPng);
  EXPECT_EQ(picture.header("Content-Type"), "image/png");
  EXPECT_THAT(picture.header("Content-Disposition"), StartsWith("inline; filename=\"a.png\""));
  for (const auto& answer :
       {picture, getFile("Media/a.svg", svg), getFile("Media/a.html", "<script>alert(1)</script>"),
        getFile("Media/a.png.html", beginnings::kPng, "&inline=true&download=0")}) {
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("sandbox"));
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_THAT(answer.header("Content-Disposition"),
                StartsWith(answer.header("Content-Type") == "image/png" ? "inline" : "attachment"));
  }
}

TEST_P(PlainRequests, H14AreRefusedWithAProblem) {
  struct Refused {
    std::string method;
    std::string target;
    std::string headers;
    int status;
  };

  const std::string file = target;
  for (const auto& [method, where, headers, status] :
       std::vector<Refused>{{"GET", fileTarget("Media/nothing"), "", 404},
                            {"GET", fileTarget("Media"), "", 409},
                            {"GET", "/api/crm/storage/file?path=..%2Fa", "", 400},
                            {"GET", "/api/crm/storage/file", "", 400},
                            {"GET", file, "If-Match: \"zz\"\r\n", 412},
                            {"GET", file, "Range: bytes=5000-\r\n", 416},
                            {"DELETE", fileTarget("Media/nothing"), "", 404},
                            {"DELETE", fileTarget("Media"), "", 409},
                            {"PUT", file, "", 405},
                            {"GET", "/api/crm/storage/browse?path=nothing", "", 404}}) {
    SCOPED_TRACE(method + " " + where + " " + headers);
    const auto answer = api.connect().exchange(method, where, headers);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_THAT(answer.body, HasSubstr("\"request_id\":\"" + answer.header("X-Request-Id")));
  }
}

TEST_P(PlainRequests, H16X53MayBeKeptByTheBrowserOnly) {
  const std::string tag = get().header("ETag");
  const std::string version = http::percentEncode(tag.substr(tag.find('"') + 1, tag.size() - 2));

  EXPECT_EQ(get().header("Cache-Control"), "private, no-cache");
  EXPECT_EQ(api.get(target + "&v=other").header("Cache-Control"), "private, no-cache");
  if (!tag.starts_with("W/")) {
    EXPECT_EQ(api.get(target + "&v=" + version).header("Cache-Control"),
              "private, max-age=31536000, immutable");
  }
  EXPECT_EQ(api.get("/api/crm/storage/file/x.css?path=Media%2Fa.bin").status, 404);
}

TEST_P(PlainRequests, H21HaveNoBodyFor204And304) {
  const auto unchanged = api.bodilessAnswer("GET", target, "If-None-Match: *\r\n");
  const auto deleted = api.bodilessAnswer("DELETE", target);

  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(deleted.status, 204);
  for (const auto& answer : {unchanged, deleted}) {
    EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
    EXPECT_FALSE(answer.headers.has("Content-Length"));
  }
}

TEST_P(PlainRequests, H22H23GetListingsInOneForm) {
  const std::string browse = "/api/crm/storage/browse?path=Media";
  const auto plain = api.get(browse);

  for (const char* headers : {"Accept-Encoding: gzip;q=0\r\n", "Accept-Encoding: gzip\r\n",
                              "Accept-Encoding: identity;q=0\r\n", "Accept: application/xml\r\n"}) {
    const auto answer = api.get(browse, headers);
    EXPECT_EQ(answer.status, 200) << headers;
    EXPECT_EQ(answer.header("Content-Type"), "application/json; charset=utf-8") << headers;
    EXPECT_FALSE(answer.headers.has("Content-Encoding")) << headers;
    EXPECT_EQ(answer.body, plain.body) << headers;
  }
}

TEST_P(PlainRequests, H25TellTheTimeAndNotWhoWroteTheServer) {
  for (const auto& answer : {get(), api.get(fileTarget("nothing"))}) {
    EXPECT_TRUE(answer.headers.has("Date"));
    EXPECT_FALSE(answer.headers.has("Server"));
    EXPECT_FALSE(answer.headers.has("X-Powered-By"));
  }
}

TEST_P(PlainRequests, X52AreAnsweredTheSameWhateverElseTheySay) {
  const auto plain = get();

  const auto odd = get(
      "X-Forwarded-Host: evil.example.com\r\nX-Original-URL: /api/crm/storage/file?path=other\r\n"
      "X-Rewrite-URL: /healthz\r\nForwarded: host=evil.example.com\r\nAccept: text/html\r\n");

  EXPECT_TRUE(odd.body == plain.body);
  for (const auto& [name, value] : odd.headers.fields()) {
    EXPECT_THAT(value, Not(HasSubstr("evil"))) << name;
  }
  EXPECT_EQ(odd.header("ETag"), plain.header("ETag"));
  EXPECT_EQ(odd.header("Content-Type"), plain.header("Content-Type"));
}

}  // namespace
}  // namespace mediadock
