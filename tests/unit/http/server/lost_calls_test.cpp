// Clients of a storage plugin that does not return from a call.

#include "http/server/server.h"
#include "http/syntax/percent_encoding.h"
#include "media/media_service.h"
#include "records/open_record_store.h"
#include "storage/boundary/call_watch.h"
#include "storage/completion/completed_provider.h"
#include "storage/loading/provider_registry.h"
#include "support/http_client.h"
#include "support/silent_log.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

HttpSettings loopbackSettings() {
  HttpSettings settings;
  settings.address = "127.0.0.1:0";
  settings.maxConnections = 16;
  settings.requestTimeout = std::chrono::seconds(1);
  settings.drainTimeout = std::chrono::seconds(1);
  return settings;
}

class LostCalls : public testing::Test {
 protected:
  ~LostCalls() override { std::ofstream file(letGo_); }

  void serve(const std::string& call) {
    provider_ = registry_.open(
        "hanging", Settings(Settings::Values{{"call", call}, {"until", letGo_.string()}}), log_);
    media_ = std::make_unique<media::MediaService>(
        storage::completeProvider(provider_),
        std::shared_ptr<records::IRecordStore>(
            records::openRecordStore("sqlite:" + (folder_.path() / "media.db").string(), "")));
    server = std::make_unique<HttpServer>(loopbackSettings(), *media_);
    server->start();
  }

  HttpAnswer exchange(const std::string& method, const std::string& target) const {
    return HttpClient(server->url()).exchange(method, target);
  }

  static constexpr const char* kFile = "/api/crm/storage/file?path=a.txt";

 private:
  SilentLog log_;
  TempDirectory folder_;
  std::filesystem::path letGo_ = folder_.path() / "let-go";
  storage::ProviderRegistry registry_{{MEDIADOCK_TEST_PLUGINS}};
  std::shared_ptr<IStorageProvider> provider_;
  std::unique_ptr<media::MediaService> media_;

 protected:
  std::unique_ptr<HttpServer> server;
};

TEST_F(LostCalls, AreAnsweredAtTheirDeadline) {
  serve("openRead");

  const auto answer = exchange("GET", kFile);

  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr("answer"));
  EXPECT_EQ(exchange("HEAD", "/healthz").status, 200);
  EXPECT_THAT(exchange("GET", "/readyz?verbose=1").body, HasSubstr("\"lost_calls\":1"));
}

TEST_F(LostCalls, BreakAnAnswerOffThatHasBegun) {
  serve("read");

  HttpClient client(server->url());
  client.send("GET " + std::string(kFile) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto answer = client.receive();

  // Nothing of the body came, so that the head had not left.
  EXPECT_EQ(answer.status, 504);
  EXPECT_TRUE(client.isClosed());
}

TEST_F(LostCalls, DoNotKeepTheServerFromStopping) {
  serve("openRead");
  HttpClient client(server->url());
  client.send("GET " + std::string(kFile) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_EQ(client.receive().status, 504);

  // Would not return while the thread is waited for.
  server->stop();

  EXPECT_EQ(storage::lostCalls(), 1U);
}

TEST_F(LostCalls, AreGivenUpWhenTheServerHasToStop) {
  serve("list");
  HttpClient client(server->url());
  client.send("GET /api/crm/storage/browse?path=a&limit=5 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_FALSE(client.hasAnswer(std::chrono::milliseconds(200)));

  // Nothing is sent any more on a connection that the end of the drain has closed.
  server->stop();

  EXPECT_EQ(storage::lostCalls(), 1U);
  EXPECT_TRUE(client.isClosed());
}

}  // namespace
}  // namespace mediadock::http
