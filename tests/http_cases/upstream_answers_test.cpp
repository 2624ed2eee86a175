/// \file
/// A WebDAV server that breaks off, lies or attacks, seen by the client of the API.

#include "http_cases/served_api.h"
#include "support/raw_http.h"
#include "support/raw_server.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"

#include <gmock/gmock.h>

#include <chrono>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

using scripted::answerDavError;
using scripted::answerPage;
using scripted::AnswerWith;
using scripted::CutAnswerAfter;
using scripted::Hang;
using scripted::WrongContentRange;
using testing::HasSubstr;
using testing::Not;

class UpstreamAnswers : public testing::Test {
 protected:
  UpstreamAnswers() { nextcloud.putFile("Media/a.bin", content); }

  HttpAnswer get(const std::string& headers = "") const { return api.get(target, headers); }

  const std::string content = countingBytes(5000000);
  const std::string target = fileTarget("Media/a.bin");
  ScriptedNextcloud nextcloud;
  ServedApi api{openNextcloud(nextcloud.url(), nextcloud.username(), nextcloud.password())};
};

TEST_F(UpstreamAnswers, R31AreNotHandedOnWhereTheyAreAnotherRange) {
  nextcloud.misbehave({.method = "GET", .action = WrongContentRange{"bytes 10-19/5000000"}});

  const auto answer = get("Range: bytes=0-9\r\n");

  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

TEST_F(UpstreamAnswers, AreWaitedForNoLongerThanTheirClientIsThere) {
  const std::string folder = "/api/crm/storage/browse?path=Media";
  ASSERT_EQ(get().status, 200);
  nextcloud.misbehave({.pathPart = "/dav/", .action = Hang{}});
  for (const auto& [asked, method] : std::vector<std::pair<std::string, std::string>>{
           {target, "GET"}, {folder, "PROPFIND"}, {folder + "&limit=5", "PROPFIND"}}) {
    nextcloud.clearRequests();
    RawConnection client(api.port());
    client.send("GET " + asked + " HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(nextcloud.waitForRequests(method, "/dav/", 1)) << asked;

    client.close();

    // The request would be given up after 10 s.
    EXPECT_TRUE(nextcloud.waitUntilIdle(std::chrono::seconds(7))) << asked;
  }
}

TEST_F(UpstreamAnswers, S19NeverLookWholeWhereTheyBreakOff) {
  nextcloud.misbehave({.method = "GET", .pathPart = "a.bin", .action = CutAnswerAfter{2000000}});

  const auto whole = get();
  const auto piece = get("Range: bytes=100-4000099\r\n");

  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("Content-Length"), "5000000");
  EXPECT_TRUE(whole.isShort);
  EXPECT_EQ(piece.header("Content-Length"), "4000000");
  EXPECT_TRUE(piece.isShort);
}

TEST_F(UpstreamAnswers, B18LeaveTheRecordWhereADeleteFails) {
  const std::string uploaded = api.upload("Media", "b.bin", "b").header("Location");
  nextcloud.misbehave({.method = "DELETE",
                       .pathPart = "b.bin",
                       .action = answerDavError(403, "Sabre\\DAV\\Exception\\Forbidden", "no")});

  EXPECT_EQ(api.connect().exchange("DELETE", uploaded).status, 403);
  EXPECT_THAT(api.get("/api/crm/media").body, HasSubstr("Media/b.bin"));
  nextcloud.behave();
  EXPECT_EQ(api.connect().exchange("DELETE", uploaded).status, 204);
}

TEST_F(UpstreamAnswers, H20ComeToRequestsOfOurOwn) {
  nextcloud.clearRequests();

  ASSERT_EQ(get("Cookie: session=client\r\nAuthorization: Bearer of-the-client\r\n"
                "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\nRange: garbage\r\n"
                "User-Agent: client\r\n")
                .status,
            200);

  for (const auto& request : nextcloud.requests()) {
    for (const char* name : {"cookie", "x-forwarded-for", "forwarded", "range"}) {
      EXPECT_FALSE(request.headers.contains(name)) << name;
    }
    for (const auto& [name, value] : request.headers) {
      EXPECT_THAT(value, Not(HasSubstr("client"))) << name;
    }
  }
}

TEST_F(UpstreamAnswers, X46AreNotFollowedElsewhere) {
  RawServer elsewhere({});
  for (const char* method : {"GET", "PROPFIND", "DELETE"}) {
    nextcloud.misbehave({.method = method,
                         .pathPart = "/dav/",
                         .action = answerPage(302, {{"Location", elsewhere.url() + "/x"}})});
  }

  EXPECT_EQ(get().status, 502);
  EXPECT_EQ(api.get("/api/crm/storage/browse").status, 502);
  EXPECT_EQ(api.connect().exchange("DELETE", target).status, 502);
  EXPECT_THAT(elsewhere.requests(), testing::IsEmpty());
}

TEST_F(UpstreamAnswers, X49ComeToNamesThatSplitNoRequest) {
  const std::string name = "a?b#c%0d%0aX: y;d.bin";
  nextcloud.putFile("Media/" + name, "odd");

  EXPECT_EQ(api.get(fileTarget("Media/" + name)).body, "odd");
  EXPECT_EQ(api.get("/api/crm/storage/file?path=Media%2Fa%0D%0AX%3A%20y").status, 400);
  for (const auto& request : nextcloud.requests()) {
    EXPECT_THAT(request.target, Not(HasSubstr(" "))) << request.path;
    EXPECT_FALSE(request.headers.contains("x"));
  }
}

TEST_F(UpstreamAnswers, X50AreNoListingWhereTheirXmlIsAnAttack) {
  const std::string begin =
      "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/remote.php/dav/files/" +
      nextcloud.username() + "/</d:href>";
  std::string deep = begin;
  for (int i = 0; i < 10000; ++i) {
    deep += "<d:x>";
  }
  const std::vector<std::string> bodies{
      "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + begin +
          "&x;</d:response></d:multistatus>",
      "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" +
          begin + "&b;</d:response></d:multistatus>",
      deep, "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>" + std::string(1 << 20, 'x')};
  for (const std::string& body : bodies) {
    scripted::Answer listing;
    listing.status = 207;
    listing.set("Content-Type", "application/xml; charset=utf-8");
    listing.body = body;
    nextcloud.behave();
    nextcloud.misbehave({.method = "PROPFIND", .action = AnswerWith{listing}});

    EXPECT_EQ(api.get("/api/crm/storage/browse").status, 502) << body.substr(0, 100);
  }
}

TEST_F(UpstreamAnswers, B12AreOneFileUnderEitherSpellingOfItsName) {
  const std::string decomposed = "cafe\xCC\x81.bin";
  ASSERT_EQ(api.upload("Names", decomposed, "x").status, 201);

  EXPECT_EQ(api.get(fileTarget("Names/" + decomposed)).body, "x");
  EXPECT_EQ(api.get(fileTarget("Names/caf\xC3\xA9.bin")).body, "x");
  EXPECT_THAT(api.get("/api/crm/storage/browse?path=Names&include=media").body,
              Not(HasSubstr("\"media\":null")));
}

/// One file of a server of which each byte is known.
class RawUpstream : public testing::Test {
 protected:
  static HttpAnswer getThrough(const std::vector<std::string>& answers) {
    std::vector<RawServer::Script> scripts;
    for (const std::string& answer : answers) {
      scripts.push_back({{answer, RawAnswer::Then::Close}});
    }
    RawServer upstream(std::move(scripts));
    const ServedApi api(
        openNextcloud(upstream.url() + "/remote.php/dav/files/console", "console", "secret"));
    return api.get(fileTarget("f"));
  }
};

/// `f`, which is of `size` bytes and comes in one chunk that breaks off behind `content`.
std::vector<std::string> answersOfACutFile(std::size_t size, const std::string& content) {
  std::ostringstream cut;
  cut << "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\n"
      << "Transfer-Encoding: chunked\r\n\r\n"
      << std::hex << size << "\r\n"
      << content;
  const std::string listing =
      "HTTP/1.1 207 Multi\r\nConnection: close\r\n\r\n"
      "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/remote.php/dav/files/console/f</d:href>"
      "<d:propstat><d:prop><d:resourcetype/><d:getcontentlength>" +
      std::to_string(size) +
      "</d:getcontentlength>"
      "<d:getetag>\"e\"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
      "</d:response></d:multistatus>";

  return {cut.str(), listing, cut.str()};
}

TEST_F(RawUpstream, S20IsNeverEndedAsAWholeWhereItsChunksBreakOff) {
  const auto answer = getThrough(answersOfACutFile(100000, std::string(90000, 'x')));

  EXPECT_EQ(answer.header("Content-Length"), "100000");
  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_TRUE(answer.isShort);
}

TEST_F(RawUpstream, S20IsNoAnswerAtAllWhereASmallOneBreaksOff) {
  const auto answer = getThrough(answersOfACutFile(8, "0123"));

  EXPECT_EQ(answer.status, 502);
  EXPECT_FALSE(answer.isShort);
}

TEST_F(RawUpstream, S21IsAnsweredByItsFinalStatus) {
  const auto answer = getThrough(
      {"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n"
       "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody"});

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "body");
  EXPECT_FALSE(answer.headers.has("Link"));
}

TEST_F(RawUpstream, X51HasItsHeadersWrittenAnew) {
  const auto answer = getThrough(
      {"HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\nContent-Length: 4\r\n"
       "Set-Cookie: a=b\r\nContent-Security-Policy: none\r\nX-Powered-By: PHP\r\n"
       "Content-Disposition: inline; filename=\"evil.html\"\r\nAccess-Control-Allow-Origin: *\r\n"
       "Location: http://evil.example.com/\r\nRefresh: 0\r\n\r\nbody"});

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_THAT(answer.header("Content-Disposition"),
              testing::StartsWith("attachment; filename=\"f\""));
  for (const char* name : {"Set-Cookie", "X-Powered-By", "Access-Control-Allow-Origin", "Location",
                           "Refresh", "Server"}) {
    EXPECT_FALSE(answer.headers.has(name)) << name;
  }
}

TEST_F(RawUpstream, X51IsRefusedWhereItsHeadIsMalformed) {
  const std::string begin = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\n";
  for (const std::string fields :
       {"Content-Length: -1\r\n", "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4x\r\n", "Content-Length: 4\r\nno colon\r\n"}) {
    const std::string answer = begin + fields + "\r\nbody";
    EXPECT_EQ(getThrough({answer, answer, answer}).status, 502) << fields;
  }
}

}  // namespace
}  // namespace mediadock
