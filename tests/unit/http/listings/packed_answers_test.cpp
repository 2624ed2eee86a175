/// \file
/// Answers through gzip, over a socket.

#include "support/temp_directory.h"
#include "support/unpacked.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace mediadock::http {
namespace {

constexpr const char* kPacked = "Accept-Encoding: gzip, deflate, br\r\n";
constexpr const char* kListing = "/api/crm/storage/browse?path=A&include=media";

/// A folder whose listing is longer than what is left unpacked, and one that is shorter.
class PackedAnswers : public Endpoints {
 protected:
  PackedAnswers() {
    for (const char* name : {"a.png", "b.png", "c.png", "d.png"}) {
      world.upload(name, {.folder = "A"_path});
    }
  }
};

TEST_F(PackedAnswers, AreTheSameBehindGzip) {
  for (const char* target : {kListing, "/api/crm/media", "/openapi.json"}) {
    const auto plain = get(target);
    const auto packed = get(target, kPacked);

    EXPECT_EQ(packed.header("Content-Encoding"), "gzip") << target;
    EXPECT_EQ(packed.header("Content-Type"), plain.header("Content-Type")) << target;
    EXPECT_EQ(packed.header("Content-Length"), std::to_string(packed.body.size())) << target;
    EXPECT_LT(packed.body.size(), plain.body.size() / 2) << target;
    EXPECT_EQ(unpacked(packed.body), plain.body) << target;
    EXPECT_FALSE(plain.headers.has("Content-Encoding")) << target;
  }
}

TEST_F(PackedAnswers, H18TellCachesWhatTheyHangOn) {
  for (const char* target : {kListing, "/openapi.json"}) {
    const auto plain = get(target);
    const auto packed = get(target, kPacked);

    EXPECT_EQ(plain.header("Vary"), "Accept-Encoding") << target;
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding") << target;
    EXPECT_NE(packed.header("ETag"), plain.header("ETag")) << target;
  }
}

TEST_F(PackedAnswers, AreNotSentAgainInTheFormThatIsKnown) {
  for (const char* target : {kListing, "/openapi.json"}) {
    const std::string known = "If-None-Match: " + get(target, kPacked).header("ETag") + "\r\n";

    const auto again = get(target, kPacked + known);
    EXPECT_EQ(again.status, 304) << target;
    EXPECT_EQ("If-None-Match: " + again.header("ETag") + "\r\n", known) << target;
    EXPECT_EQ(again.header("Vary"), "Accept-Encoding") << target;
    EXPECT_FALSE(again.headers.has("Content-Encoding")) << target;
    EXPECT_EQ(get(target, known).status, 200) << target << " in a form that is not known";
  }
}

TEST_F(PackedAnswers, H22AreNotForThoseWhoRefuseThem) {
  for (const char* target : {kListing, "/openapi.json"}) {
    const auto answer = get(target, "Accept-Encoding: gzip;q=0, *;q=0.1\r\n");

    EXPECT_FALSE(answer.headers.has("Content-Encoding")) << target;
    EXPECT_EQ(answer.body, get(target).body) << target;
  }
}

TEST_F(PackedAnswers, HaveTheSameHeadForHead) {
  for (const char* target : {kListing, "/openapi.json"}) {
    const auto get = connect().exchange("GET", target, kPacked);
    const auto head = connect().exchange("HEAD", target, kPacked);

    EXPECT_EQ(head.header("Content-Encoding"), "gzip") << target;
    EXPECT_EQ(head.header("Content-Length"), get.header("Content-Length")) << target;
    EXPECT_EQ(head.header("ETag"), get.header("ETag")) << target;
  }
}

TEST_F(PackedAnswers, AreNotMadeOfAFewBytes) {
  const auto answer = get("/api/crm/storage/browse?path=A&limit=1", kPacked);

  EXPECT_FALSE(answer.headers.has("Content-Encoding"));
  EXPECT_EQ(answer.header("Vary"), "Accept-Encoding") << "a longer listing would hang on it";
}

TEST_F(PackedAnswers, R29AreNotMadeOfFiles) {
  const std::string text(10000, 'x');
  world.upload("text.txt", {.folder = "A"_path}, text);

  const auto answer = get(fileTarget("A/text.txt"), kPacked);

  EXPECT_FALSE(answer.headers.has("Content-Encoding"));
  EXPECT_EQ(answer.body, text);
}

TEST(PackedPage, IsWhatSavesSomething) {
  const TempDirectory home;
  std::ofstream(home.path() / "index.html") << "<!doctype html>";
  std::ofstream(home.path() / "app.js") << std::string(5000, ' ');
  std::ofstream(home.path() / "picture.png") << std::string(5000, ' ');
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.staticRoot = home.path();
  HttpServer server(settings, *world.service);
  server.start();
  const auto packed = [&](const char* target) {
    return HttpClient(server.url())
        .exchange("GET", target, kPacked)
        .headers.has("Content-Encoding");
  };

  EXPECT_TRUE(packed("/app.js"));
  EXPECT_FALSE(packed("/"));
  EXPECT_FALSE(packed("/picture.png"));
}

}  // namespace
}  // namespace mediadock::http
