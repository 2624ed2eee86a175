/// \file
/// Files that go from a descriptor to the client without passing through the host.

#include "http/server/server.h"
#include "media/media_service.h"
#include "records/open_record_store.h"
#include "storage/boundary/fault_boundary_provider.h"
#include "storage/loading/plugin_loader.h"
#include "support/http_client.h"
#include "support/silent_log.h"
#include "support/temp_directory.h"
#include "unit/http/connection/test_certificate.h"
#include "unit/http/log_capture.h"

#include <Poco/Net/NetSSL.h>
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

constexpr std::size_t kLong = 64U << 20U;

/// Repeats itself only at a length that no block has.
std::string unevenContent(std::size_t size) {
  std::string block;
  for (int i = 0; i < 997; ++i) {
    block += static_cast<char>(i % 251);
  }
  std::string content;
  content.reserve(size + block.size());
  while (content.size() < size) {
    content += block;
  }
  content.resize(size);
  return content;
}

std::shared_ptr<IStorageProvider> openDisk(const std::filesystem::path& root) {
  static SilentLog log;
  const Settings settings({{"root", root.string()}});
  return storage::createGuarded(storage::loadPlugin(MEDIADOCK_LOCALDISK),
                                ProviderContext{settings, log});
}

class LocalFile : public testing::Test {
 protected:
  /// As the host does: sendfile(2) has no flag against the signal.
  static void SetUpTestSuite() {
    Poco::Net::initializeSSL();
    std::signal(SIGPIPE, SIG_IGN);
  }

  static void TearDownTestSuite() { Poco::Net::uninitializeSSL(); }

  static HttpSettings settings() {
    HttpSettings settings;
    settings.address = "127.0.0.1:0";
    settings.maxConnections = 16;
    settings.drainTimeout = std::chrono::seconds(1);
    return settings;
  }

  void start(const HttpSettings& settings) {
    server = std::make_unique<HttpServer>(settings, service);
    server->start();
  }

  void put(const std::string& content) const { std::ofstream(file, std::ios::binary) << content; }

  HttpAnswer get(const std::string& headers = "") const {
    return HttpClient(server->url()).exchange("GET", target, headers);
  }

  TempDirectory folder;
  const std::filesystem::path file = folder.path() / "root" / "a.bin";
  const std::string target = "/api/crm/storage/file?path=a.bin";
  std::shared_ptr<IStorageProvider> storage = openDisk(folder.path() / "root");
  media::MediaService service{storage,
                              std::shared_ptr<records::IRecordStore>(records::openRecordStore(
                                  "sqlite:" + (folder.path() / "media.db").string(), ""))};
  std::unique_ptr<HttpServer> server;
};

TEST_F(LocalFile, HasADescriptorToSendFrom) {
  put("content");

  const auto stream = storage->openRead(StoragePath::parse("a.bin"), {}, {});

  EXPECT_TRUE(stream->file().has_value());
}

TEST_F(LocalFile, R01ComesWhole) {
  const std::string content = unevenContent(10000000);
  put(content);
  start(settings());

  const auto answer = get();

  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body == content);
}

TEST_F(LocalFile, R02R04R17P18ComesInPieces) {
  const std::string content = unevenContent(100000);
  put(content);
  start(settings());

  EXPECT_EQ(get("Range: bytes=50000-50099\r\n").body, content.substr(50000, 100));
  EXPECT_EQ(get("Range: bytes=-100\r\n").body, content.substr(99900));
  const std::string several = get("Range: bytes=10-19,70000-70009\r\n").body;
  EXPECT_THAT(several, HasSubstr("bytes 10-19/100000\r\n\r\n" + content.substr(10, 10) + "\r\n"));
  EXPECT_THAT(several,
              HasSubstr("bytes 70000-70009/100000\r\n\r\n" + content.substr(70000, 10) + "\r\n"));
}

TEST_F(LocalFile, X23IsLookedAtThroughItsDescriptor) {
  const std::string page = "<html>" + unevenContent(20000);
  std::ofstream(folder.path() / "root" / "a.png", std::ios::binary) << page;
  start(settings());
  const auto ask = [&](const char* method, const char* headers) {
    return HttpClient(server->url()).exchange(method, "/api/crm/storage/file?path=a.png", headers);
  };

  const auto piece = ask("GET", "Range: bytes=10000-10099\r\n");
  const auto whole = ask("GET", "");

  EXPECT_EQ(piece.body, page.substr(10000, 100));
  EXPECT_TRUE(whole.body == page);
  for (const auto& answer : {piece, whole, ask("HEAD", "")}) {
    EXPECT_THAT(answer.header("Content-Disposition"), testing::StartsWith("attachment;"));
  }
}

TEST_F(LocalFile, KeepsItsConnection) {
  put("content");
  start(settings());
  HttpClient client(server->url());

  EXPECT_EQ(client.exchange("GET", target).body, "content");
  EXPECT_EQ(client.exchange("HEAD", target).header("Content-Length"), "7");
  EXPECT_EQ(client.exchange("GET", target).body, "content");
}

TEST_F(LocalFile, S19BreaksOffWhereItBecomesShorter) {
  put(std::string(kLong, 'x'));
  start(settings());
  HttpClient client(server->url());
  client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(client.isClosed());

  std::filesystem::resize_file(file, kLong / 2);
  const auto answer = client.receive();

  EXPECT_EQ(answer.header("Content-Length"), std::to_string(kLong));
  EXPECT_TRUE(answer.isShort);
}

TEST_F(LocalFile, P25IsNotHeldOpenForAClientThatStopsReading) {
  put(std::string(kLong, 'x'));
  LogCapture log("access");
  auto impatient = settings();
  impatient.requestTimeout = std::chrono::seconds(1);
  start(impatient);
  HttpClient client(server->url());

  client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");

  EXPECT_EQ(log.await(" aborted ", 1), 1U);
  EXPECT_TRUE(client.receive().isShort);
}

TEST_F(LocalFile, P25SurvivesAClientThatLeaves) {
  put(std::string(kLong, 'x'));
  LogCapture log("access");
  start(settings());
  HttpClient client(server->url());

  client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_FALSE(client.isClosed());
  client.reset();

  EXPECT_EQ(log.await(" aborted ", 1), 1U);
  EXPECT_EQ(get().status, 200);
}

TEST_F(LocalFile, ComesThroughTlsToo) {
  const std::string content = unevenContent(3000000);
  put(content);
  const guard::TestCertificate certificate;
  auto secure = settings();
  secure.tlsCertificateFile = certificate.certificateFile();
  secure.tlsKeyFile = certificate.keyFile();
  start(secure);

  EXPECT_TRUE(get().body == content);
  EXPECT_EQ(get("Range: bytes=50000-50099\r\n").body, content.substr(50000, 100));
}

}  // namespace
}  // namespace mediadock::http
