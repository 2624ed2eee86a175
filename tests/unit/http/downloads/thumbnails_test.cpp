/// \file
/// Thumbnails, asked for over a socket.

#include "http/access/url_signer.h"
#include "support/pictures.h"
#include "support/test_token.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kWebp = "Accept: image/avif,image/webp,*/*;q=0.8\r\n";

std::string thumbnailTarget(const std::string& path, const std::string& more = "") {
  return "/api/crm/storage/thumbnail?path=" + percentEncode(path) + more;
}

/// The value of the first `thumbnail_url` in a JSON text.
std::string thumbnailUrlIn(const std::string& json) {
  constexpr std::string_view kKey = "\"thumbnail_url\":\"";
  const std::size_t begin = json.find(kKey) + kKey.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

void prepare(media::MediaWorld& world) {
  world.thumbnails.program = MEDIADOCK_THUMBNAILER;
  world.thumbnails.cache = std::make_shared<cache::BlobCache>(
      cache::BlobCacheSettings{world.folder.path() / "cache", 10'000'000});
  world.restart();
  world.put("a.jpg"_path, redAndBlue(400, 300, ".jpg"));
}

struct PreparedWorld : media::MediaWorld {
  PreparedWorld() { prepare(*this); }
};

class ThumbnailRequests : public testing::Test {
 protected:
  ThumbnailRequests() { server.start(); }

  HttpAnswer get(const std::string& target, const std::string& headers = "") const {
    return HttpClient(server.url()).exchange("GET", target, headers);
  }

  PreparedWorld world;
  HttpServer server{settingsOf(), *world.service};
};

TEST_F(ThumbnailRequests, GetAPictureOfTheSizeAndFormatTheyWant) {
  const HttpAnswer usual = get(thumbnailTarget("a.jpg"));
  const HttpAnswer small = get(thumbnailTarget("a.jpg", "&size=64"), kWebp);
  const HttpAnswer again = get(thumbnailTarget("a.jpg", "&size=64"), kWebp);

  EXPECT_EQ(usual.status, 200);
  EXPECT_EQ(usual.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(factsOf(usual.body).width, 256);
  EXPECT_EQ(small.header("Content-Type"), "image/webp");
  EXPECT_EQ(factsOf(small.body).width, 64);
  EXPECT_EQ(again.body, small.body);
  EXPECT_EQ(again.header("Content-Type"), "image/webp");
}

TEST_F(ThumbnailRequests, GetJpegWhereWebpIsNotWanted) {
  for (const char* accept : {"*/*", "image/*", "image/webp;q=0, image/png", "image/webpx"}) {
    const HttpAnswer answer =
        get(thumbnailTarget("a.jpg"), "Accept: " + std::string(accept) + "\r\n");

    EXPECT_EQ(answer.header("Content-Type"), "image/jpeg") << accept;
    EXPECT_EQ(answer.header("Vary"), "Accept");
  }
}

TEST_F(ThumbnailRequests, ComeUnderBothPrefixes) {
  EXPECT_EQ(get("/api/crm/nextcloud/thumbnail?path=a.jpg&size=64").status, 200);
}

TEST_F(ThumbnailRequests, GetTheSameHeadForHead) {
  HttpClient client(server.url());
  client.send("HEAD " + thumbnailTarget("a.jpg") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

  const HttpAnswer head = client.receive(true);

  const HttpAnswer answer = get(thumbnailTarget("a.jpg"));
  EXPECT_EQ(head.status, 200);
  for (const char* name : {"Content-Length", "Content-Type", "ETag", "Cache-Control"}) {
    EXPECT_EQ(head.header(name), answer.header(name)) << name;
  }
}

TEST_F(ThumbnailRequests, GetWhatCannotRun) {
  const HttpAnswer answer = get(thumbnailTarget("a.jpg"));

  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
}

TEST_F(ThumbnailRequests, GetA304WhereTheyHaveIt) {
  const std::string etag = get(thumbnailTarget("a.jpg")).header("ETag");
  const std::string condition = "If-None-Match: " + etag + "\r\n";

  const HttpAnswer same = get(thumbnailTarget("a.jpg"), condition);

  EXPECT_THAT(etag, Not(testing::StartsWith("W/")));
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("ETag"), etag);
  EXPECT_EQ(same.header("Vary"), "Accept");
  EXPECT_EQ(get(thumbnailTarget("a.jpg", "&size=64"), condition).status, 200);
  EXPECT_EQ(get(thumbnailTarget("a.jpg"), condition + kWebp).status, 200);
  world.put("a.jpg"_path, redAndBlue(40, 30, ".jpg"));
  EXPECT_EQ(get(thumbnailTarget("a.jpg"), condition).status, 200);
}

TEST_F(ThumbnailRequests, MayBeKeptForEverWithTheRightVersion) {
  const std::string url = thumbnailUrlIn(get("/api/crm/storage/browse").body);

  EXPECT_THAT(url, testing::StartsWith(thumbnailTarget("a.jpg", "&size=256&v=")));
  EXPECT_EQ(get(url).header("Cache-Control"), "private, max-age=31536000, immutable");
  EXPECT_EQ(get(url + "x").header("Cache-Control"), "private, no-cache");
  EXPECT_EQ(get(thumbnailTarget("a.jpg")).header("Cache-Control"), "private, no-cache");
}

TEST_F(ThumbnailRequests, AreRefusedForAnotherSize) {
  for (const char* size : {"0", "100", "2048", "-64", "64px", ""}) {
    EXPECT_EQ(get(thumbnailTarget("a.jpg", "&size=" + std::string(size))).status, 400) << size;
  }
}

TEST_F(ThumbnailRequests, FindNothingWhereThereIsNoPicture) {
  world.storage->makeDirectory("folder.jpg"_path, {});
  world.put("text.txt"_path, "text");
  world.put("text.jpg"_path, "text");
  world.put("cut.webp"_path, redAndBlue(400, 300, ".webp").substr(0, 100));
  world.put("drawing.svg"_path, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

  for (const char* path :
       {"folder.jpg", "text.txt", "text.jpg", "cut.webp", "drawing.svg", "nothing.jpg"}) {
    EXPECT_EQ(get(thumbnailTarget(path)).status, 404) << path;
  }
}

TEST_F(ThumbnailRequests, AreRefusedForABomb) {
  world.put("bomb.png"_path, pngOfSize(50000, 50000));

  EXPECT_EQ(get(thumbnailTarget("bomb.png")).status, 422);
}

TEST_F(ThumbnailRequests, AreToldToComeBackWhereNoneCanBeMade) {
  media::MediaWorld bare;
  bare.put("a.jpg"_path, redAndBlue(40, 30, ".jpg"));
  HttpServer without(settingsOf(), *bare.service);
  without.start();

  const HttpAnswer answer = HttpClient(without.url()).exchange("GET", thumbnailTarget("a.jpg"), "");

  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.header("Retry-After"), "");
}

/// A host that takes tokens.
class ThumbnailAccess : public testing::Test {
 protected:
  ThumbnailAccess() {
    HttpSettings settings = settingsOf();
    settings.access.mode = AuthMode::Jwt;
    settings.access.jwt = {.key = JwtKey::fromSecret(kTokenSecret)};
    server = std::make_unique<HttpServer>(settings, *world.service);
    server->start();
  }

  HttpAnswer get(const std::string& target, const std::string& claims = "") const {
    const std::string headers =
        claims.empty() ? "" : "Authorization: Bearer " + freshToken(claims) + "\r\n";
    return HttpClient(server->url()).exchange("GET", target, headers);
  }

  std::string signedUrl() const {
    return thumbnailUrlIn(get("/api/crm/storage/browse", R"("sub":"anna","scope":"read")").body);
  }

  PreparedWorld world;
  std::unique_ptr<HttpServer> server;
};

TEST_F(ThumbnailAccess, IsAskedFor) {
  EXPECT_EQ(get(thumbnailTarget("a.jpg")).status, 401);
  EXPECT_EQ(get(thumbnailTarget("a.jpg"), R"("sub":"anna","scope":"write")").status, 403);
  EXPECT_EQ(get(thumbnailTarget("a.jpg"), R"("sub":"anna","scope":"read","paths":["b"])").status,
            403);
  EXPECT_EQ(get(thumbnailTarget("a.jpg"), R"("sub":"anna","scope":"read")").status, 200);
}

TEST_F(ThumbnailAccess, IsInTheUrlOfAListing) {
  const std::string url = signedUrl();

  EXPECT_THAT(url, HasSubstr("&sig="));
  EXPECT_EQ(get(url).status, 200);
  EXPECT_EQ(get(url + "x").status, 403);
}

TEST_F(ThumbnailAccess, IsForThumbnailsOnly) {
  std::string url = signedUrl();
  url.replace(url.find("thumbnail"), 9, "file");

  EXPECT_EQ(get(url).status, 403);
}

TEST_F(ThumbnailAccess, EndsWithTheVersion) {
  const std::string url = signedUrl();

  world.put("a.jpg"_path, redAndBlue(40, 30, ".jpg"));

  EXPECT_EQ(get(url).status, 403);
}

}  // namespace
}  // namespace mediadock::http
