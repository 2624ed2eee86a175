// Whom the plugin trusts, and what it makes of TLS that ends badly.

#include "dav/dav_client.h"
#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "nextcloud_settings.h"
#include "support/apache_dav.h"
#include "support/random_text.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/nextcloud/dav/tls_server.h"

#include <gtest/gtest.h>

#include <chrono>

namespace mediadock::nextcloud {
namespace {

using End = TlsServer::End;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string kOkAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class TlsTest : public testing::Test {
 protected:
  void connect(Settings::Values settings) {
    client_ = std::make_unique<DavClient>(parseNextcloudSettings(Settings(std::move(settings))));
  }

  std::string ask(const CallContext& context = {}) {
    const http_client::CallLimits limits(context, {}, seconds(20));
    return client_->exchange({.method = "GET", .target = "/x", .isRepeatable = true}, {}, limits)
        .text(1000, limits);
  }

  std::unique_ptr<DavClient> client_;
};

TEST_F(TlsTest, TrustsTheCertificatesOfItsFile) {
  const TlsServer server("localhost", kOkAnswer, End::Notify);
  connect({{"url", server.url()}, {"ca_file", server.caFile()}});

  EXPECT_EQ(ask(), "ok");
}

// E04: no retry either. P-41: Poco's relaxed verification trusts any name on loopback.

TEST_F(TlsTest, X75TrustsNoUnknownIssuerOnLoopbackEither) {
  const TlsServer server("localhost", kOkAnswer, End::Notify);
  connect({{"url", server.url()}, {"password", "secret"}});

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Tls));
  EXPECT_EQ(server.requests(), 0U);
}

TEST_F(TlsTest, X75TrustsNoOtherNameOnLoopbackEither) {
  const TlsServer server("other.example.test", kOkAnswer, End::Notify);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    connect({{"url", server.url(host)}, {"ca_file", server.caFile()}});
    EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Tls)) << host;
  }
  EXPECT_EQ(server.requests(), 0U);
}

TEST_F(TlsTest, TakesAnyCertificateWhereToldTo) {
  const TlsServer server("other.example.test", kOkAnswer, End::Notify);
  connect({{"url", server.url()}, {"verify_tls", "false"}});

  EXPECT_EQ(ask(), "ok");
}

TEST_F(TlsTest, NamesAFileThatHoldsNoCertificates) {
  EXPECT_THAT(
      [&] {
        connect({{"url", "https://localhost"}, {"ca_file", "/nonexistent.pem"}});
      },
      ThrowsStorageError(StorageErrc::ConfigInvalid));
}

// P-40: Poco's own client takes the body for whole, or empty.

TEST_F(TlsTest, BelievesNoEndWithoutCloseNotify) {
  const TlsServer server("localhost", "HTTP/1.1 200 OK\r\n\r\nhalf of it", End::Cut);
  connect({{"url", server.url()}, {"ca_file", server.caFile()}});

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Connection));
}

TEST_F(TlsTest, BelievesAnEndWithCloseNotify) {
  const TlsServer server("localhost", "HTTP/1.1 200 OK\r\n\r\nall of it", End::Notify);
  connect({{"url", server.url()}, {"ca_file", server.caFile()}});

  EXPECT_EQ(ask(), "all of it");
}

// P-39: Poco waits twice as long as told.

TEST_F(TlsTest, EndsASilentReadByTheDeadline) {
  const TlsServer server("localhost", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", End::Hold);
  connect({{"url", server.url()}, {"ca_file", server.caFile()}});
  const auto start = CallContext::Clock::now();

  EXPECT_THAT([&] { ask({.deadline = start + milliseconds(1500)}); },
              ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_LT(CallContext::Clock::now() - start, milliseconds(2500));
}

// P-42: this Poco gives the session once something was received.

TEST_F(TlsTest, ResumesTheSessionOfAnEarlierConnection) {
  const TlsServer server("localhost", kOkAnswer, End::Notify);
  connect({{"url", server.url()}, {"ca_file", server.caFile()}});

  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(ask(), "ok");
  }
  EXPECT_EQ(server.requests(), 4U);
  EXPECT_EQ(server.resumed(), 3U);
}

TEST_F(TlsTest, ReadsAndWritesOnARealServer) {
  const ApacheDav apache({.tls = true});
  const Settings settings({{"url", apache.url()},
                           {"username", apache.username()},
                           {"password", apache.password()},
                           {"ca_file", apache.caFile().string()}});
  SilentLog log;
  const auto provider = makeNextcloudProvider({settings, log});
  const std::string content(300000, 'x');

  const auto stream = provider->openWrite({.path = StoragePath::parse("f")}, {}, {});
  stream->write(std::as_bytes(std::span(content)));
  EXPECT_EQ(stream->commit().size, content.size());
  EXPECT_EQ(provider->stat(StoragePath::parse("f"), {})->size, content.size());
}

TEST(TlsUpload, OfUnknownSizeArrivesWholeFromTheDisk) {
  const ApacheDav apache({.tls = true});
  const Settings settings({{"url", apache.url()},
                           {"username", apache.username()},
                           {"password", apache.password()},
                           {"ca_file", apache.caFile().string()},
                           {"chunk_bytes", "1000"}});
  SilentLog log;
  const auto provider = makeNextcloudProvider({settings, log});
  const std::string content = randomText(2500000);

  const auto stream = provider->openWrite({.path = StoragePath::parse("f")}, {}, {});
  stream->write(std::as_bytes(std::span(content)));
  stream->commit();

  std::string stored(content.size() + 1, '\0');
  const auto reading = provider->openRead(StoragePath::parse("f"), {}, {});
  std::size_t size = 0;
  while (const auto got = reading->read(std::as_writable_bytes(std::span(stored)).subspan(size))) {
    size += got;
  }
  EXPECT_TRUE(stored.substr(0, size) == content);
}

}  // namespace
}  // namespace mediadock::nextcloud
