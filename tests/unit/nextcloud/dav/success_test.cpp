// What a server may answer to a change that it has made.

#include "http/http_head.h"
#include "support/apache_dav.h"
#include "unit/nextcloud/dav/status_proxy.h"
#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

using namespace scripted;

Answer answerOf(int status, const std::string& type = "", const std::string& body = "") {
  Answer answer;
  answer.status = status;
  if (!type.empty()) {
    answer.headers = {{"Content-Type", type}};
  }
  answer.body = body;
  return answer;
}

class SuccessOfNextcloud : public ScriptedWorld, public testing::WithParamInterface<int> {
 protected:
  SuccessOfNextcloud() {
    server.makeFolder("a");
    provider = open(server.url());
    provider->check({});
    server.waitUntilIdle();
  }
};

TEST_P(SuccessOfNextcloud, IsAnyStatusOfItsClass) {
  for (const char* method : {"PUT", "MKCOL", "MOVE", "COPY", "DELETE"}) {
    server.misbehave({.method = method, .action = WorkThenAnswer{answerOf(GetParam())}});
  }
  const auto file = StoragePath::parse("a/f");
  const auto moved = StoragePath::parse("a/g");

  EXPECT_TRUE(provider->makeDirectory(StoragePath::parse("a/b"), {}));
  EXPECT_EQ(put(file, "new").size, 3U);
  EXPECT_EQ(put(file, "replaced").size, 8U);
  EXPECT_EQ(provider->move(file, moved, Overwrite::Never, {}).size, 8U);
  EXPECT_EQ(provider->copy(moved, file, Overwrite::Never, {}).size, 8U);
  provider->remove(moved, {}, {});

  EXPECT_EQ(server.listTree(), (std::vector<std::string>{"a/", "a/b/", "a/f"}));
  EXPECT_EQ(server.readFile("a/f"), "replaced");
}

INSTANTIATE_TEST_SUITE_P(Of, SuccessOfNextcloud, testing::Values(200, 201, 203, 204, 206, 299));

/// With little time to look whether it was done after all.
class PageOfNextcloud : public ScriptedWorld, public testing::WithParamInterface<int> {
 protected:
  PageOfNextcloud() {
    const Settings settings({{"url", server.url()},
                             {"username", server.username()},
                             {"password", server.password()},
                             {"io_timeout_s", "1"}});
    provider = makeNextcloudProvider({settings, log});
  }
};

TEST_P(PageOfNextcloud, IsNoSuccess) {
  server.misbehave({.method = "PUT",
                    .action = AnswerWith{
                        answerOf(GetParam(), "text/html; charset=UTF-8", "<html>Log in</html>")}});
  server.misbehave({.method = "MKCOL",
                    .pathPart = "/files/",
                    .action = AnswerWith{answerOf(GetParam(), "Text/HTML", "<html></html>")}});

  EXPECT_ANY_THROW(put(StoragePath::parse("f"), "new"));
  EXPECT_ANY_THROW(provider->makeDirectory(StoragePath::parse("b"), {}));
  EXPECT_TRUE(server.listTree().empty());
}

INSTANTIATE_TEST_SUITE_P(Of, PageOfNextcloud, testing::Values(200, 201, 203));

/// As Apache's mod_proxy hands them on: with a type, and without a length.
TEST_F(ScriptedWorld, AnEmptyAnswerIsNoPageWhateverItsType) {
  for (const int empty : {204, 205}) {
    StatusProxy proxy(server.port(), [empty](int status, const std::string&) {
      return status == 201 || status == 204
                 ? "HTTP/1.1 " + std::to_string(empty) +
                       " Empty\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
                 : std::string();
    });
    provider = open(proxy.url());
    const auto file = StoragePath::parse("a/f");
    const auto moved = StoragePath::parse("a/g");

    EXPECT_TRUE(provider->makeDirectory(StoragePath::parse("a"), {}));
    EXPECT_EQ(put(file, "new").size, 3U);
    EXPECT_EQ(put(file, "replaced").size, 8U);
    EXPECT_EQ(provider->move(file, moved, Overwrite::Never, {}).size, 8U);
    provider->remove(moved, {}, {});
    provider->remove(StoragePath::parse("a"), {.recursive = true}, {});
    EXPECT_TRUE(server.listTree().empty());
  }
}

TEST_F(ScriptedWorld, AListingMayComeWith200) {
  const auto proxied = [&](const std::string& type) {
    StatusProxy proxy(server.port(), [type](int status, const std::string& head) {
      return status == 207 ? "HTTP/1.1 200 OK\r\nContent-Type: " + type + head : std::string();
    });
    return open(proxy.url() + "/remote.php/dav/files/console")->list({}, {}, {}).entries.size();
  };
  server.putFile("f", "abc");

  EXPECT_EQ(proxied("application/xml"), 1U);
  EXPECT_EQ(proxied("text/xml; charset=utf-8"), 1U);
  EXPECT_THAT([&] { proxied("text/html"); }, ThrowsStorageError(StorageErrc::Protocol));
}

/// Apache, behind something that gives all its successes one number.
class SuccessOfPlainServer : public testing::TestWithParam<int> {
 protected:
  std::unique_ptr<IStorageProvider> open() {
    const Settings settings({{"url", proxy_.url()},
                             {"username", server_.username()},
                             {"app_password", server_.password()}});
    return makeNextcloudProvider({settings, log_});
  }

  static void put(IStorageProvider& provider, std::string_view content) {
    const auto stream =
        provider.openWrite({.path = StoragePath::parse("a/f")}, {.size = content.size()}, {});
    stream->write(std::as_bytes(std::span(content)));
    EXPECT_EQ(stream->commit().size, content.size());
  }

  SilentLog log_;
  ApacheDav server_;
  StatusProxy proxy_{
      static_cast<std::uint16_t>(std::stoi(server_.url().substr(server_.url().rfind(':') + 1))),
      [](int status, const std::string& rest) {
        return status == 201 || status == 204
                   ? "HTTP/1.1 " + std::to_string(GetParam()) + " Fine" + rest
                   : std::string();
      }};
};

TEST_P(SuccessOfPlainServer, IsAnyStatusOfItsClass) {
  const auto provider = open();
  const auto file = StoragePath::parse("a/f");
  const auto moved = StoragePath::parse("a/g");

  EXPECT_TRUE(provider->makeDirectory(StoragePath::parse("a/b"), {}));
  put(*provider, "new");
  put(*provider, "replaced");
  EXPECT_EQ(provider->move(file, moved, Overwrite::Never, {}).size, 8U);
  EXPECT_EQ(provider->copy(moved, file, Overwrite::Never, {}).size, 8U);
  provider->remove(moved, {}, {});

  EXPECT_FALSE(provider->stat(moved, {}));
  EXPECT_EQ(provider->stat(file, {})->size, 8U);
}

INSTANTIATE_TEST_SUITE_P(Of, SuccessOfPlainServer, testing::Values(200, 201, 203, 299));

}  // namespace
}  // namespace mediadock::nextcloud
