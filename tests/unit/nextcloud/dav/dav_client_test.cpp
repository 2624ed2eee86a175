// Wire traps: what a server, or a proxy before it, sends that HTTP does not allow or that Poco's
// own client would take for good.

#include "dav/dav_client.h"

#include "nextcloud_settings.h"
#include "support/raw_server.h"
#include "support/storage_error_matcher.h"

#include <Poco/Net/HTTPClientSession.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace mediadock::nextcloud {
namespace {

using Then = RawAnswer::Then;

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class DavClientTest : public testing::Test {
 protected:
  void start(std::vector<RawServer::Script> scripts) {
    server_ = std::make_unique<RawServer>(std::move(scripts));
    client_ = std::make_unique<DavClient>(parseNextcloudSettings(
        Settings({{"url", server_->url()}, {"username", "u"}, {"app_password", "p"}})));
  }

  std::string ask(const http_client::HttpRequest& request = {.method = "GET",
                                                             .target = "/x",
                                                             .isRepeatable = true},
                  const CallContext& context = {}) {
    const http_client::CallLimits limits(context, {}, std::chrono::seconds(20));
    auto response = client_->exchange(request, body_, limits);
    return response.text(1000000, limits);
  }

  std::string body_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<DavClient> client_;
};

// P-31: Poco keeps no connection unless told to.
TEST_F(DavClientTest, UsesOneConnectionForOneRequestAfterTheOther) {
  start({{{kOk}, {kOk}}});

  EXPECT_EQ(ask(), "ok");
  EXPECT_EQ(ask(), "ok");
}

TEST_F(DavClientTest, SendsBasicAuthAndNoCookie) {
  start({{{"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"}, {kOk}}});

  ask();
  ask();

  const auto request = server_->requests().at(1);
  EXPECT_NE(request.find("Authorization: Basic dTpw\r\n"), std::string::npos);
  EXPECT_NE(request.find("Accept-Encoding: identity\r\n"), std::string::npos);
  EXPECT_EQ(request.find("Cookie"), std::string::npos);
}

// P-34: Poco drops such a body in silence.
TEST_F(DavClientTest, SendsTheBodyOfAPropfindWithItsLength) {
  start({{{kOk}}});
  body_ = "<x/>";

  ask({.method = "PROPFIND", .target = "/", .isSafe = true});

  EXPECT_TRUE(server_->requests().at(0).ends_with("Content-Length: 4\r\n\r\n<x/>"));
}

TEST_F(DavClientTest, SendsABodyThatFillsTheSocketsBuffers) {
  start({{{kOk}}});
  body_ = std::string(12U << 20U, 'x');

  EXPECT_EQ(ask({.method = "PUT", .target = "/x"}), "ok");
  EXPECT_TRUE(server_->requests().at(0).ends_with(body_));
}

// P-35: Poco takes any but 100 for the answer.
TEST_F(DavClientTest, S21SkipsInterimAnswers) {
  start(
      {{{"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + kOk}}});

  EXPECT_EQ(ask(), "ok");
}

TEST_F(DavClientTest, ReadsAChunkedBodyToItsLastChunk) {
  start({{{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1;x=y\r\nk\r\n0\r\nT: "
           "1\r\n\r\n"},
          {kOk}}});

  EXPECT_EQ(ask(), "ok");
  EXPECT_EQ(ask(), "ok");
}

// P-33: Poco takes these two for whole.
TEST_F(DavClientTest, FindsAChunkedBodyWithoutItsLastChunkTruncated) {
  start({{{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", Then::Close}}});

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(DavClientTest, FindsABodyShortOfItsLengthTruncated) {
  start({{{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", Then::Close}}});

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Truncated));
}

struct Head {
  const char* name;
  const char* text;
};

// P-36: Poco gives the raw chunks of a coding that it does not know.
class BadHead : public DavClientTest, public testing::WithParamInterface<Head> {};

TEST_P(BadHead, X51IsAProtocolError) {
  start({{{std::string(GetParam().text) + "\r\n\r\nok", Then::Close}}});

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Protocol));
}

INSTANTIATE_TEST_SUITE_P(
    DavClient, BadHead,
    testing::Values(
        Head{"UnknownTransferEncoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked"},
        Head{"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3"},
        Head{"LengthWithSeparator", "HTTP/1.1 200 OK\r\nContent-Length: 1,000"},
        Head{"LengthAndChunks",
             "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked"},
        Head{"ContentEncoding", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2"},
        Head{"NoHttp", "SSH-2.0-OpenSSH"}, Head{"NoColon", "HTTP/1.1 200 OK\r\nfield"}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(DavClientTest, RepeatsAReadOnceOnAStaleConnection) {
  start({{{kOk}, {"", Then::Close}}, {{kOk}}});
  ask();

  EXPECT_EQ(ask(), "ok");
  EXPECT_EQ(server_->requests().size(), 3U);
}

TEST_F(DavClientTest, NeverRepeatsAChangeOnAStaleConnection) {
  start({{{kOk}, {"", Then::Close}}, {{kOk}}});
  ask();

  try {
    ask({.method = "MOVE", .target = "/x"});
    FAIL() << "the change was repeated";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Connection);
    EXPECT_EQ(error.failure().retry, Retry::OutcomeUnknown);
  }
  EXPECT_EQ(server_->requests().size(), 2U);
}

// P-37: Poco would take the rest for the next answer.
TEST_F(DavClientTest, DropsAConnectionWithAnUnreadBody) {
  const std::string body(1U << 20U, 'x');
  start({{{"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body},
          {kOk}},
         {{kOk}}});
  const http_client::CallLimits limits({}, {}, std::chrono::seconds(20));

  EXPECT_EQ(client_->exchange({.method = "GET", .target = "/x"}, body_, limits).status(), 200);

  EXPECT_EQ(ask(), "ok");
}

// P-44: Poco has one proxy setting for the whole process.
TEST_F(DavClientTest, AsksNoProxy) {
  const auto former = Poco::Net::HTTPClientSession::getGlobalProxyConfig();
  Poco::Net::HTTPClientSession::ProxyConfig proxy;
  proxy.host = "proxy.invalid";
  Poco::Net::HTTPClientSession::setGlobalProxyConfig(proxy);
  start({{{kOk}}});

  EXPECT_EQ(ask(), "ok");

  Poco::Net::HTTPClientSession::setGlobalProxyConfig(former);
}

TEST_F(DavClientTest, DropsAConnectionWithMoreThanWasAnnounced) {
  start({{{kOk + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"}}, {{kOk}}});

  EXPECT_EQ(ask(), "ok");
  EXPECT_EQ(ask(), "ok");
}

// P-38: Poco's timeouts start anew with each byte.
TEST_F(DavClientTest, EndsByTheDeadlineWhateverTrickles) {
  start({{{kOk + std::string(10000, ' '), Then::Hold, std::chrono::milliseconds(30)}}});
  const auto start = CallContext::Clock::now();

  EXPECT_THAT(
      [&] {
        ask({.method = "GET", .target = "/x"},
            {.deadline = start + std::chrono::milliseconds(300)});
      },
      ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_LT(CallContext::Clock::now() - start, std::chrono::milliseconds(1300));
}

TEST_F(DavClientTest, EndsASilentExchangeWhenCancelled) {
  start({{{"", Then::Hold}}});
  std::stop_source cancel;
  const std::jthread canceller([&] {
    while (server_->requests().empty()) {
      std::this_thread::yield();
    }
    cancel.request_stop();
  });

  EXPECT_THAT([&] { ask({.method = "GET", .target = "/x"}, {.cancellation = cancel.get_token()}); },
              ThrowsStorageError(StorageErrc::Cancelled));
}

TEST_F(DavClientTest, FollowsNoRedirectButToTheSameAddressWithASlash) {
  start({{{"HTTP/1.1 301 Moved\r\nLocation: /x/\r\nContent-Length: 0\r\n\r\n"}, {kOk}}, {{kOk}}});

  EXPECT_EQ(ask({.method = "PROPFIND", .target = "/x", .isSafe = true, .followsSlash = true}),
            "ok");
  EXPECT_TRUE(server_->requests().at(1).starts_with("PROPFIND /x/ "));
}

TEST_F(DavClientTest, X46KeepsCredentialsFromAnotherHost) {
  RawServer other({{{kOk}}});
  start(
      {{{"HTTP/1.1 301 Moved\r\nLocation: " + other.url() + "/x/\r\nContent-Length: 0\r\n\r\n"}}});

  ask({.method = "PROPFIND", .target = "/x", .isSafe = true, .followsSlash = true});

  EXPECT_TRUE(other.requests().empty());
}

TEST_F(DavClientTest, SaysConnectionWhereNobodyListens) {
  start({});
  server_.reset();

  EXPECT_THAT([&] { ask(); }, ThrowsStorageError(StorageErrc::Connection));
}

}  // namespace
}  // namespace mediadock::nextcloud
