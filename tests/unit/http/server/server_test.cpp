/// \file
/// The whole server from its address to its end, in clear and through TLS.

#include "http/server/server.h"

#include "http/syntax/percent_encoding.h"
#include "mediadock/storage_error.h"
#include "support/http_client.h"
#include "unit/http/connection/test_certificate.h"
#include "unit/media/media_fixture.h"

#include <Poco/Net/NetSSL.h>
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Clock = std::chrono::steady_clock;

HttpSettings settingsOf() {
  HttpSettings settings;
  settings.address = "127.0.0.1:0";
  settings.maxConnections = 16;
  settings.maxUploadBytes = 10000000;
  settings.requestTimeout = std::chrono::seconds(5);
  settings.drainTimeout = std::chrono::seconds(1);
  return settings;
}

std::string fileTarget(const std::string& path) {
  return "/api/crm/storage/file?path=" + percentEncode(path);
}

/// More than the buffers between server and client hold.
std::string longContent() {
  return std::string(64U << 20U, 'x');
}

TEST(HttpServer, SaysWhichSettingCannotBeUsed) {
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.address = "nonsense";
  EXPECT_THROW(HttpServer(settings, *world.service), StorageError);

  settings = settingsOf();
  settings.tlsKeyFile = "key.pem";
  EXPECT_THROW(HttpServer(settings, *world.service), StorageError);
}

TEST(HttpServer, RefusesAnAddressThatIsTaken) {
  media::MediaWorld world;
  const HttpServer first(settingsOf(), *world.service);
  HttpSettings settings = settingsOf();
  settings.address = first.url().substr(std::string("http://").size());

  EXPECT_THROW(HttpServer(settings, *world.service), StorageError);
}

TEST(HttpServer, P24StopCancelsWhatIsInFlightAfterTheDrainTimeout) {
  media::MediaWorld world;
  HttpServer server(settingsOf(), *world.service);
  server.start();
  HttpClient client(server.url());
  client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n" +
              std::string(FormBody::kContentType) + "Expect: 100-continue\r\n\r\n");
  ASSERT_EQ(client.receive().status, 100);
  const auto begin = Clock::now();

  server.stop();

  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(4));
  EXPECT_ANY_THROW(HttpClient(server.url()));
}

TEST(HttpServer, P24StopWaitsForNoIdleConnection) {
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.drainTimeout = std::chrono::seconds(30);
  HttpServer server(settings, *world.service);
  server.start();
  std::vector<HttpClient> idle;
  for (int i = 0; i < 8; ++i) {
    idle.emplace_back(server.url());
    ASSERT_EQ(idle.back().exchange("GET", "/healthz").header("Connection"), "keep-alive");
  }
  HttpClient silent(server.url());
  const auto begin = Clock::now();

  server.stop();

  EXPECT_LT(Clock::now() - begin, settings.drainTimeout / 2);
  for (auto& client : idle) {
    EXPECT_TRUE(client.isClosed());
  }
}

TEST(HttpServer, P24StopEndsIdleConnectionsBeforeItWaitsForOthers) {
  media::MediaWorld world;
  HttpSettings settings = settingsOf();
  settings.drainTimeout = std::chrono::seconds(60);
  settings.requestTimeout = std::chrono::seconds(60);
  HttpServer server(settings, *world.service);
  server.start();
  HttpClient idle(server.url());
  ASSERT_EQ(idle.exchange("GET", "/healthz").status, 200);
  HttpClient busy(server.url());
  const auto body = FormBody().field("nextcloud_path", "x").file("a", "content").str();
  busy.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n" + std::string(FormBody::kContentType) +
            "Expect: 100-continue\r\n\r\n");
  ASSERT_EQ(busy.receive().status, 100);

  std::jthread stopping([&] { server.stop(); });

  EXPECT_TRUE(idle.isClosed());
  busy.send(body);
  EXPECT_EQ(busy.receive().status, 201);
}

TEST(HttpServer, P24StopLeavesAStuckClientBehindAfterTheDrainTimeout) {
  media::MediaWorld world;
  world.put("a.bin"_path, longContent());
  HttpSettings settings = settingsOf();
  settings.requestTimeout = std::chrono::seconds(60);
  HttpServer server(settings, *world.service);
  server.start();
  HttpClient stuck(server.url());
  HttpClient idle(server.url());
  ASSERT_EQ(idle.exchange("GET", "/healthz").status, 200);
  stuck.send("GET " + fileTarget("a.bin") + " HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(stuck.isClosed());
  const auto begin = Clock::now();

  server.stop();

  EXPECT_GT(Clock::now() - begin, std::chrono::milliseconds(900));
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  EXPECT_TRUE(stuck.receive().isShort);
}

TEST(HttpServer, X63P22AnswersANewRequestHoweverManyAreIdle) {
  media::MediaWorld world;
  HttpServer server(settingsOf(), *world.service);
  server.start();
  std::vector<HttpClient> idle;
  for (int i = 0; i < 32; ++i) {
    idle.emplace_back(server.url());
    const auto answer = idle.back().exchange("GET", "/healthz");
    ASSERT_EQ(answer.status, 200) << i;
    EXPECT_EQ(answer.header("Connection"), "keep-alive") << i;
  }
  const auto begin = Clock::now();

  EXPECT_EQ(HttpClient(server.url()).exchange("GET", "/healthz").status, 200);

  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(1));
}

TEST(HttpServer, U19LetsAnUploaderReadThatItsFileIsTooLarge) {
  media::MediaWorld world;
  HttpServer server(settingsOf(), *world.service);
  server.start();
  HttpClient client(server.url());
  client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n" +
              std::string(FormBody::kContentType) + "\r\n");
  const std::string piece(1000000, 'x');
  for (int i = 0; i < 100; ++i) {
    client.send(piece);
  }

  EXPECT_EQ(client.receive().status, 413);
}

class HttpServerTls : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Poco::Net::initializeSSL();
    // As the host does: OpenSSL writes to its socket without MSG_NOSIGNAL.
    std::signal(SIGPIPE, SIG_IGN);
  }

  static void TearDownTestSuite() { Poco::Net::uninitializeSSL(); }

  HttpSettings settings() const {
    HttpSettings settings = settingsOf();
    settings.tlsCertificateFile = certificate_.certificateFile();
    settings.tlsKeyFile = certificate_.keyFile();
    return settings;
  }

  const guard::TestCertificate certificate_;
  media::MediaWorld world;
  HttpServer server{settings(), *world.service};

  void SetUp() override { server.start(); }

  HttpClient connect() const { return HttpClient(server.url()); }
};

TEST_F(HttpServerTls, SendsAFileAndAPieceOfIt) {
  const std::string content = longContent();
  world.put("a.bin"_path, content);
  auto client = connect();

  const auto whole = client.exchange("GET", fileTarget("a.bin"));
  const auto piece = client.exchange("GET", fileTarget("a.bin"), "Range: bytes=100-199\r\n");

  EXPECT_EQ(whole.status, 200);
  EXPECT_TRUE(whole.body == content);
  EXPECT_EQ(piece.status, 206);
  EXPECT_EQ(piece.body, content.substr(100, 100));
}

TEST_F(HttpServerTls, TakesAnUpload) {
  const std::string content(3000000, 'y');
  auto client = connect();

  const auto answer = client.exchange("POST", "/api/crm/storage/upload", FormBody::kContentType,
                                      FormBody().field("path", "A").file("a.png", content).str());

  EXPECT_EQ(answer.status, 201);
  EXPECT_TRUE(world.contentOf("A/a.png"_path) == content);
  EXPECT_EQ(client.exchange("GET", "/healthz").status, 200);
}

TEST_F(HttpServerTls, S15AnUploadThatIsCutLeavesNothing) {
  const std::string form = FormBody().field("path", "A").file("a.png", "content").str();
  {
    auto client = connect();
    client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n" +
                std::string(FormBody::kContentType) + "\r\n" + form);
    client.reset();
  }
  server.stop();

  EXPECT_THAT(world.files(), ElementsAre());
  world.expectInStep();
}

TEST_F(HttpServerTls, S19ADownloadThatBreaksOffNeverLooksWhole) {
  world.put("a.bin"_path, longContent());
  auto client = connect();
  client.send("GET " + fileTarget("a.bin") + " HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(client.isClosed());

  server.stop();
  const auto answer = client.receive();

  EXPECT_EQ(answer.header("Content-Length"), std::to_string(longContent().size()));
  EXPECT_TRUE(answer.isShort);
}

TEST_F(HttpServerTls, S01RefusesReadably) {
  auto client = connect();
  client.send(
      "POST /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");

  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("exclude each other"));
  EXPECT_TRUE(client.isClosed());
}

}  // namespace
}  // namespace mediadock::http
