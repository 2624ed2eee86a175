/// \file
/// The page at `/`, over a socket.

#include "http/server/server.h"
#include "mediadock/storage_error.h"
#include "support/http_client.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace mediadock::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A host that asks who its callers are, with a page of two files, and a file beside the page.
class StaticPage : public testing::Test {
 protected:
  StaticPage() {
    std::filesystem::create_directories(root() / "assets");
    std::ofstream(root() / "index.html") << "<!doctype html>";
    std::ofstream(root() / "assets" / "app-1.js") << "run();";
    std::ofstream(root() / ".env") << "secret";
    std::ofstream(home.path() / "outside.txt") << "secret";
    std::filesystem::create_symlink("../outside.txt", root() / "link.txt");
    settings.staticRoot = root();
    settings.access.mode = AuthMode::Jwt;
    settings.access.jwt = {.key = JwtKey::fromSecret(std::string(32, 'k'))};
    settings.admission.allowedHosts = {"h"};
    start();
  }

  void start() {
    server = std::make_unique<HttpServer>(settings, *world.service);
    server->start();
  }

  HttpAnswer send(const std::string& method, const std::string& target,
                  const std::string& headers = "") const {
    return HttpClient(server->url()).exchange(method, target, headers);
  }

  HttpAnswer get(const std::string& target, const std::string& headers = "") const {
    return send("GET", target, headers);
  }

  std::filesystem::path root() const { return home.path() / "dist"; }

  TempDirectory home;
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  std::unique_ptr<HttpServer> server;
};

TEST_F(StaticPage, IsThereForEverybody) {
  const auto page = get("/");

  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<!doctype html>");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(get("/index.html").body, page.body);
  EXPECT_EQ(get("/?customer=aegean-boats", "Authorization: Bearer nonsense\r\n").status, 200);
  EXPECT_EQ(get("/assets/app-1.js").body, "run();");
}

TEST_F(StaticPage, AnswersHeadWithTheSameHead) {
  const auto head = send("HEAD", "/");

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "15");
  EXPECT_EQ(head.header("ETag"), get("/").header("ETag"));
  EXPECT_EQ(head.body, "");
}

TEST_F(StaticPage, TakesNoMethodThatChanges) {
  const auto options = send("OPTIONS", "/");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, OPTIONS");

  EXPECT_EQ(send("POST", "/").status, 401);
}

TEST_F(StaticPage, IsAskedForAgainAndSentOnce) {
  const auto page = get("/");
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");

  const auto again = get("/", "If-None-Match: " + page.header("ETag") + "\r\n");

  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.header("ETag"), page.header("ETag"));
  EXPECT_EQ(again.header("Cache-Control"), "no-cache");
  EXPECT_EQ(again.header("Content-Security-Policy"), page.header("Content-Security-Policy"));
  EXPECT_EQ(get("/", "If-None-Match: \"other\"\r\n").status, 200);
  EXPECT_EQ(get("/", "If-Match: \"other\"\r\n").status, 412);
}

TEST_F(StaticPage, KeepsWhatIsNamedByItsContentForEver) {
  EXPECT_EQ(get("/assets/app-1.js").header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(StaticPage, RunsItsOwnScriptsOnly) {
  for (const char* target : {"/", "/assets/app-1.js"}) {
    const auto answer = get(target);
    EXPECT_THAT(answer.header("Content-Security-Policy"),
                AllOf(HasSubstr("default-src 'none'; script-src 'self'; "),
                      HasSubstr("object-src 'none'"), HasSubstr("base-uri 'none'"),
                      HasSubstr("frame-ancestors 'self'"), Not(HasSubstr("unsafe-eval"))));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
  }
}

TEST_F(StaticPage, X01ShowsNothingButItsFiles) {
  std::string shown;
  for (const char* target :
       {"/.env", "/%2eenv", "/link.txt", "/../outside.txt", "/%2e%2e/outside.txt",
        "/..%2foutside.txt", "/assets/../../outside.txt", "/assets/..%2f..%2foutside.txt",
        "/..%5coutside.txt", "//etc/passwd", "/assets", "/assets/", "/index.html/",
        "/index.html%00.js", "/./index.html", "/INDEX.HTML"}) {
    const auto answer = get(target);
    EXPECT_THAT(answer.status, testing::AnyOf(400, 401)) << target;
    shown += answer.body;
  }
  EXPECT_THAT(shown, Not(HasSubstr("secret")));
}

TEST_F(StaticPage, StaysOfOnePieceWhileItIsBuiltAnew) {
  std::filesystem::remove_all(root());

  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/assets/app-1.js").status, 200);
}

TEST_F(StaticPage, DoesNotUseUpWhatACallerMayAsk) {
  settings.admission.requestLimit = {.interval = std::chrono::hours(1), .burst = 1};
  start();

  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/assets/app-1.js").status, 200);
  EXPECT_EQ(get("/api/crm/storage/limits").status, 401);
  EXPECT_EQ(get("/api/crm/storage/limits").status, 429);
}

TEST_F(StaticPage, IsNotShownUnderAnotherName) {
  auto client = HttpClient(server->url());
  client.send("GET / HTTP/1.1\r\nHost: evil.test\r\nSec-Fetch-Site: none\r\n\r\n");

  EXPECT_EQ(client.receive().status, 403);
}

/// The path of a route, as a file of the page.
TEST(StaticPageFiles, TakeNoRoutesPlace) {
  TempDirectory home;
  std::ofstream(home.path() / "index.html") << "page";
  std::ofstream(home.path() / "healthz") << "page";
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.staticRoot = home.path();
  HttpServer server(settings, *world.service);
  server.start();

  EXPECT_EQ(HttpClient(server.url()).exchange("GET", "/healthz").body, R"({"status":"up"})");
}

TEST(StaticPageFiles, AreNamedWhereTheyCannotBeRead) {
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.staticRoot = "/nowhere/at/all";

  EXPECT_THAT([&] { HttpServer(settings, *world.service); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(Endpoints, SayHowThePageIsBuiltWhereThereIsNone) {
  const auto answer = get("/");

  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr("npm run build"));
  EXPECT_EQ(get("/index.html").status, 404);
}

}  // namespace
}  // namespace mediadock::http
