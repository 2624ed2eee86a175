// Connections, deadlines and redirects: what becomes of a request on its way.

#include "dav/dav_client.h"
#include "mediadock/provider_context.h"
#include "nextcloud_provider.h"
#include "nextcloud_settings.h"
#include "support/raw_server.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/nextcloud/dav/tls_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

namespace mediadock::nextcloud {
namespace {

using Then = RawAnswer::Then;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const http_client::HttpRequest kGet{.method = "GET", .target = "/x", .isRepeatable = true};

class SessionTest : public testing::Test {
 protected:
  void connect(const std::string& url, const std::string& retries = "0") {
    client_ = std::make_unique<DavClient>(parseNextcloudSettings(
        Settings({{"url", url}, {"username", "u"}, {"app_password", "p"}, {"retries", retries}})));
  }

  void start(std::vector<RawServer::Script> scripts, const std::string& retries = "0") {
    server_ = std::make_unique<RawServer>(std::move(scripts));
    connect(server_->url(), retries);
  }

  std::string ask(const http_client::HttpRequest& request = kGet, const CallContext& context = {},
                  const std::string& body = {}) {
    const http_client::CallLimits limits(context, {}, seconds(20));
    return client_->exchange(request, body, limits).text(1000000, limits);
  }

  std::string messageOf(const std::function<void()>& call) {
    try {
      call();
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::Connection);
      return error.what();
    }
    return {};
  }

  std::unique_ptr<RawServer> server_;
  std::unique_ptr<DavClient> client_;
};

// E05.

TEST_F(SessionTest, NamesAHostThatHasNoAddress) {
  connect("http://nowhere.invalid");

  EXPECT_NE(messageOf([&] { ask(); }).find("nowhere.invalid"), std::string::npos);
}

TEST_F(SessionTest, NamesARefusedConnection) {
  connect(RawServer({}).url());

  EXPECT_NE(messageOf([&] { ask(); }).find("refused"), std::string::npos);
}

TEST_F(SessionTest, NamesAConnectionThatEndsWithoutAnAnswer) {
  start({{{"", Then::Close}}});

  EXPECT_NE(messageOf([&] { ask(); }).find("without an answer"), std::string::npos);
}

// E08, P-31, P-32, problem 36.

TEST_F(SessionTest, ReplacesAStaleConnectionOnceAndNoMore) {
  start({{{kAnswer}, {"", Then::Close}}, {{"", Then::Close}}, {{kAnswer}}});
  ask();

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Connection));
  EXPECT_EQ(server_->requests().size(), 3U);
}

TEST_F(SessionTest, RepeatsNothingOnceAnAnswerBegan) {
  start({{{kAnswer}, {"HTTP/1.1 200 OK\r\nContent-Le", Then::Close}}, {{kAnswer}}});
  ask();

  EXPECT_THAT([&] { ask({.method = "PROPFIND", .target = "/x", .isSafe = true}); },
              ThrowsStorageError(StorageErrc::Connection));
  EXPECT_EQ(server_->requests().size(), 2U);
}

TEST_F(SessionTest, NeverSendsAPutTwice) {
  start({{{kAnswer}, {"", Then::Close}}, {{kAnswer}}}, "4");
  ask();

  EXPECT_THAT([&] { ask({.method = "PUT", .target = "/x"}, {}, "body"); },
              ThrowsStorageError(StorageErrc::Connection));
  EXPECT_EQ(server_->requests().size(), 2U);
}

TEST_F(SessionTest, StreamsABodyOverAFreshConnection) {
  start({{{kAnswer}, {"", Then::Close}}, {{kAnswer}}});
  ask();
  const http_client::CallLimits limits({}, {}, seconds(20));

  auto upload = client_->startUpload({.method = "PUT", .target = "/x"}, 4, limits);
  upload.write("body", limits);
  EXPECT_EQ(upload.finish(limits).text(10, limits), "ok");
  EXPECT_EQ(server_->requests().size(), 2U);
}

// T01.

TEST_F(SessionTest, EndsByTheDeadlineWhateverTheServerDoes) {
  const std::vector<RawAnswer> answers{
      {"", Then::Hold},
      {"HTTP/1.1 200 OK\r\n", Then::Hold},
      {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", Then::Hold},
      {"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nhalf", Then::Hold},
      {std::string(10000, 'x'), Then::Hold, milliseconds(20)},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(10000, '0'),
       Then::Hold, milliseconds(20)},
      {"HTTP/1.1 100 Continue\r\n\r\n", Then::Hold},
  };
  for (const auto& answer : answers) {
    start({{answer}, {answer}, {answer}}, "4");
    const auto begin = CallContext::Clock::now();
    try {
      ask(kGet, {.deadline = begin + milliseconds(200)});
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::Timeout) << answer.bytes.substr(0, 60);
    }
    EXPECT_LT(CallContext::Clock::now() - begin, milliseconds(1200)) << answer.bytes.substr(0, 60);
  }
}

class ProviderCalls : public testing::Test {
 protected:
  using Call = std::function<void(IStorageProvider&, const CallContext&)>;

  static std::vector<Call> calls() {
    const auto file = StoragePath::parse("file");
    return {
        [=](auto& storage, auto& context) { storage.check(context); },
        [=](auto& storage, auto& context) { storage.stat(file, context); },
        [=](auto& storage, auto& context) { storage.list(file, {}, context); },
        [=](auto& storage, auto& context) { storage.openRead(file, {}, context); },
        [=](auto& storage, auto& context) { storage.remove(file, {}, context); },
        [=](auto& storage, auto& context) { storage.makeDirectory(file, context); },
        [=](auto& storage, auto& context) {
          storage.move(file, StoragePath::parse("new"), Overwrite::Never, context);
        },
        [=](auto& storage, auto& context) {
          storage.openWrite({.path = file}, {}, context)->commit();
        },
        [=](auto& storage, auto& context) { storage.quota(context); },
    };
  }

  std::unique_ptr<IStorageProvider> connect() {
    const Settings settings({{"url", server_.url() + "/remote.php/dav/files/" + server_.username()},
                             {"username", server_.username()},
                             {"app_password", server_.password()}});
    return makeNextcloudProvider({settings, log_});
  }

  SilentLog log_;
  ScriptedNextcloud server_;
};

TEST_F(ProviderCalls, EndByTheirDeadlineAgainstASilentServer) {
  server_.misbehave({.action = scripted::Hang{}});
  for (const auto& call : calls()) {
    const auto provider = connect();
    const auto begin = CallContext::Clock::now();
    EXPECT_THAT(
        [&] {
          // A commit is part of a stream, which ends by standing still.
          call(*provider, {.deadline = begin + milliseconds(100), .idleLimit = milliseconds(100)});
        },
        ThrowsStorageError(StorageErrc::Timeout));
    EXPECT_LT(CallContext::Clock::now() - begin, milliseconds(1100));
  }
}

// T02.

TEST_F(ProviderCalls, EndWithinASecondOfTheirCancellation) {
  server_.misbehave({.action = scripted::Hang{}});
  for (const auto& call : calls()) {
    const auto provider = connect();
    server_.clearRequests();
    std::stop_source cancel;
    CallContext::Clock::time_point cancelled;
    std::jthread canceller([&] {
      while (server_.requests().empty()) {
        std::this_thread::yield();
      }
      cancelled = CallContext::Clock::now();
      cancel.request_stop();
    });
    EXPECT_THAT([&] { call(*provider, {.cancellation = cancel.get_token()}); },
                ThrowsStorageError(StorageErrc::Cancelled));
    canceller.join();
    EXPECT_LT(CallContext::Clock::now() - cancelled, seconds(1));
  }
}

// E06, E07, problem 33, X46.

class RedirectTest : public SessionTest {
 protected:
  static std::string redirect(const std::string& location, int status = 302) {
    return "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: " + location +
           "\r\nContent-Length: 0\r\n\r\n";
  }
};

TEST_F(RedirectTest, FollowsAReadWithinTheOrigin) {
  start({{{redirect("/y")}, {kAnswer}}});

  EXPECT_EQ(ask(), "ok");
  EXPECT_TRUE(server_->requests().at(1).starts_with("GET /y "));
}

TEST_F(RedirectTest, EndsALoopAfterFive) {
  start({RawServer::Script(20, {redirect("/x", 307)})});

  ask();

  EXPECT_EQ(server_->requests().size(), 6U);
}

TEST_F(RedirectTest, FollowsNoChange) {
  for (const char* method : {"PUT", "DELETE", "MOVE", "MKCOL"}) {
    start({{{redirect("/y", 307)}, {kAnswer}}});
    ask({.method = method, .target = "/x"});
    EXPECT_EQ(server_->requests().size(), 1U) << method;
  }
}

TEST_F(RedirectTest, GoesToNoOtherServer) {
  RawServer other({{{kAnswer}}});
  for (const auto& location :
       {other.url() + "/x", "//127.0.0.1:" + std::to_string(other.port()) + "/x"}) {
    start({{{redirect(location)}}});
    ask();
    EXPECT_EQ(server_->requests().size(), 1U);
  }
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(RedirectTest, LeavesTlsForNobody) {
  RawServer plain({{{kAnswer}}});
  const TlsServer server("localhost", redirect(plain.url() + "/x"), TlsServer::End::Notify);
  client_ = std::make_unique<DavClient>(parseNextcloudSettings(
      Settings({{"url", server.url()}, {"ca_file", server.caFile()}, {"password", "secret"}})));

  ask();

  EXPECT_TRUE(plain.requests().empty());
}

TEST_F(ProviderCalls, NameTheHostThatTheyAreSentTo) {
  server_.misbehave(
      {.pathPart = "/files/",
       .action = scripted::answerPage(302, {{"Location", "http://other.example.test/login?t=s"}})});
  for (const auto& call : calls()) {
    const auto provider = connect();
    try {
      call(*provider, {});
      FAIL() << "nothing thrown";
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::Protocol);
      EXPECT_NE(std::string(error.what()).find("http://other.example.test;"), std::string::npos)
          << error.what();
    }
  }
}

}  // namespace
}  // namespace mediadock::nextcloud
