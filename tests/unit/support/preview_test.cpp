#include "unit/support/scripted_nextcloud_fixture.h"

namespace mediadock {
namespace {

class PreviewTest : public ScriptedNextcloudTest {
 protected:
  HttpMessage preview(const std::string& path,
                      const std::map<std::string, std::string>& headers = {},
                      const std::string& size = "32") const {
    const auto id = std::to_string(server_.fileId(path).value_or(0));
    return ask(
        "GET",
        "/index.php/core/preview?fileId=" + id + "&x=" + size + "&y=" + size + "&a=1&forceIcon=0",
        headers);
  }
};

TEST_F(PreviewTest, ShowsPicturesThatAreSome) {
  server_.putFile("a.png", "\x89PNG\r\n");
  server_.putFile("b.jpg", "\xff\xd8\xff\xe0");

  EXPECT_EQ(preview("a.png").header("Content-Type"), "image/png");
  EXPECT_EQ(preview("b.jpg").header("Content-Type"), "image/jpeg");
  EXPECT_EQ(preview("b.jpg").body.substr(0, 2), "\xff\xd8");
}

TEST_F(PreviewTest, IsNotFoundForAllElse) {
  server_.putFile("broken.png", "no picture");
  server_.putFile("a.pdf", "%PDF");
  server_.makeFolder("folder");

  for (const char* path : {"broken.png", "a.pdf", "folder", "missing"}) {
    const HttpMessage answer = preview(path);
    EXPECT_EQ(answer.status(), 404) << path;
    EXPECT_EQ(answer.body, "[]") << path;
  }
}

TEST_F(PreviewTest, IsNotSentAgainToWhoHasIt) {
  server_.putFile("a.png", "\x89PNG\r\n");
  const std::string etag = preview("a.png").header("ETag");

  EXPECT_EQ(preview("a.png", {{"If-None-Match", etag}}).status(), 304);
}

TEST_F(PreviewTest, RefusesToBeNothing) {
  server_.putFile("a.png", "\x89PNG\r\n");

  EXPECT_EQ(preview("a.png", {}, "0").status(), 400);
}

TEST_F(PreviewTest, IsNotForStrangers) {
  RawConnection connection(server_.port());
  connection.send(
      "GET /index.php/core/preview?fileId=1&x=1&y=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");

  EXPECT_EQ(connection.receive().status(), 401);
}

TEST_F(PreviewTest, IsAPageThatSaysMaintenance) {
  server_.setMaintenance(true);
  const HttpMessage answer = preview("a.png");

  EXPECT_EQ(answer.status(), 503);
  EXPECT_EQ(answer.header("Retry-After"), "120");
}

}  // namespace
}  // namespace mediadock
