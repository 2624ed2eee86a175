/// \file
/// Clients and their browsers, over a connection: limits, proxies, origins.

#include "unit/http/edge_server.h"
#include "unit/http/log_capture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

constexpr const char* kConsole = "https://console.example.test";

HttpSettings settingsWith(const std::function<void(HttpSettings&)>& change) {
  auto settings = EdgeServer::patientSettings();
  change(settings);
  return settings;
}

/// Two requests, and no third within any test.
HttpSettings limitedSettings() {
  return settingsWith([](HttpSettings& settings) {
    settings.admission.requestLimit = {.interval = std::chrono::hours(1), .burst = 2};
    settings.admission.trustedProxies = {IpNetwork::parse("127.0.0.1")};
    settings.admission.allowedOrigins = {*Origin::parse(kConsole)};
  });
}

class LimitedEdge : public testing::Test {
 protected:
  HttpAnswer get(const std::string& headers = "") const {
    return server.connect().exchange("GET", "/hello", headers);
  }

  EdgeServer server{limitedSettings()};
};

TEST_F(LimitedEdge, Answers429AndWhenToComeAgain) {
  EXPECT_EQ(get().status, 200);
  EXPECT_EQ(get().status, 200);

  const auto refused = get();

  EXPECT_EQ(refused.status, 429);
  EXPECT_GT(std::stoi(refused.header("Retry-After")), 3000);
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
}

TEST_F(LimitedEdge, CountsEachClientBehindATrustedProxy) {
  const std::string first = "X-Forwarded-For: 203.0.113.1\r\n";
  EXPECT_EQ(get(first).status, 200);
  EXPECT_EQ(get(first).status, 200);

  EXPECT_EQ(get(first).status, 429);
  EXPECT_EQ(get("X-Forwarded-For: 203.0.113.2\r\n").status, 200);
  EXPECT_EQ(get("X-Forwarded-For: 203.0.113.9, 203.0.113.1\r\n").status, 429)
      << "what a client makes up is to the left";
}

TEST_F(LimitedEdge, RefusesBeforeABodyComes) {
  get();
  get();
  auto client = server.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");

  EXPECT_EQ(client.receive().status, 429);
}

TEST_F(LimitedEdge, LetsAListedPageReadTheRefusal) {
  const std::string page = std::string("Origin: ") + kConsole + "\r\n";
  get(page);
  get(page);

  EXPECT_EQ(get(page).header("Access-Control-Allow-Origin"), kConsole);
}

TEST_F(LimitedEdge, LogsTheClientBehindATrustedProxy) {
  LogCapture log("access");
  get("X-Forwarded-For: 203.0.113.1\r\n");

  EXPECT_EQ(log.await(" 203.0.113.1 - GET /hello 200 ", 1), 1U);
}

TEST_F(Edge, LogsThePeerWhateverItSaysOfOthers) {
  LogCapture log("access");
  connect().exchange("GET", "/hello", "X-Forwarded-For: 203.0.113.1\r\n");

  EXPECT_EQ(log.await(" 127.0.0.1 - GET /hello 200 ", 1), 1U);
}

class OpenedEdge : public testing::Test {
 protected:
  HttpAnswer ask(const std::string& method, const std::string& target,
                 const std::string& origin) const {
    return server.connect().exchange(method, target, "Origin: " + origin + "\r\n");
  }

  EdgeServer server{settingsWith([](HttpSettings& settings) {
    settings.admission.allowedOrigins = {*Origin::parse(kConsole)};
  })};
};

TEST_F(OpenedEdge, X58H18LetsAListedOriginRead) {
  const auto answer = ask("GET", "/hello", kConsole);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kConsole);
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(answer.header("Vary"), "Origin");
  for (const char* name : {"ETag", "Location", "Content-Range", "Link", "X-Request-Id",
                           "Upload-Offset", "Upload-Length", "Upload-Expires", "Tus-Resumable"}) {
    EXPECT_THAT(answer.header("Access-Control-Expose-Headers"), HasSubstr(name));
  }
}

TEST_F(OpenedEdge, X58LetsNobodyElse) {
  for (const char* origin :
       {"null", "https://console.example.test.evil.test", "https://evil-console.example.test",
        "http://console.example.test", "https://console.example.test:8443",
        "https://Console.example.test", "https://console.example.test/", "*"}) {
    const auto answer = ask("GET", "/hello", origin);

    EXPECT_FALSE(answer.headers.has("Access-Control-Allow-Origin")) << origin;
    EXPECT_FALSE(answer.headers.has("Access-Control-Allow-Credentials")) << origin;
    EXPECT_EQ(answer.header("Vary"), "Origin") << origin;
  }
}

TEST_F(OpenedEdge, X58TellsAProblemToAListedOriginToo) {
  const auto answer = ask("GET", "/missing", kConsole);

  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kConsole);
}

TEST_F(OpenedEdge, AnswersAPreflight) {
  const auto answer = server.connect().exchange(
      "OPTIONS", "/echo",
      std::string("Origin: ") + kConsole +
          "\r\nAccess-Control-Request-Method: PATCH\r\n"
          "Access-Control-Request-Headers: tus-resumable,upload-offset\r\n");

  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kConsole);
  EXPECT_THAT(answer.header("Access-Control-Allow-Methods"), HasSubstr("PATCH"));
  EXPECT_THAT(answer.header("Access-Control-Allow-Headers"),
              testing::AllOf(HasSubstr("Tus-Resumable"), HasSubstr("Upload-Offset"),
                             HasSubstr("Authorization"), HasSubstr("If-Match")));
  EXPECT_EQ(answer.header("Access-Control-Max-Age"), "3600");
}

TEST_F(OpenedEdge, X58GrantsAStrangersPreflightNothing) {
  const auto answer = server.connect().exchange(
      "OPTIONS", "/echo", "Origin: https://evil.test\r\nAccess-Control-Request-Method: PATCH\r\n");

  EXPECT_FALSE(answer.headers.has("Access-Control-Allow-Origin"));
  EXPECT_FALSE(answer.headers.has("Access-Control-Allow-Methods"));
}

TEST_F(OpenedEdge, LetsAListedOriginShowPictures) {
  const auto policyFor = [&](const std::string& headers) {
    return server.connect()
        .exchange("GET", "/hello", headers)
        .header("Cross-Origin-Resource-Policy");
  };

  EXPECT_EQ(policyFor("Referer: https://console.example.test/customers/7\r\n"), "cross-origin");
  EXPECT_EQ(policyFor("Origin: https://console.example.test\r\n"), "cross-origin");
  EXPECT_EQ(policyFor("Referer: https://evil.test/?https://console.example.test/\r\n"),
            "same-origin");
  EXPECT_EQ(policyFor("Referer: https://console.example.test/\r\nOrigin: https://evil.test\r\n"),
            "same-origin");
  EXPECT_EQ(policyFor(""), "same-origin");
}

TEST_F(Edge, X58HasNoCorsUnlessAnOriginIsListed) {
  const auto answer = connect().exchange("GET", "/hello", "Origin: https://evil.test\r\n");

  for (const auto& [name, value] : answer.headers.fields()) {
    EXPECT_FALSE(name.starts_with("Access-Control-")) << name;
  }
  EXPECT_FALSE(answer.headers.has("Vary"));
}

TEST_F(Edge, X59RefusesAFormOfAnotherSite) {
  const auto answer =
      connect().exchange("POST", "/echo",
                         "Origin: https://evil.test\r\nSec-Fetch-Site: cross-site\r\n"
                         "Cookie: session=1\r\nContent-Type: multipart/form-data; boundary=b\r\n",
                         "x");

  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

TEST_F(Edge, X59LetsItsOwnPageAndProgramsPass) {
  EXPECT_EQ(connect().exchange("POST", "/echo", "Sec-Fetch-Site: same-origin\r\n", "x").status,
            200);
  EXPECT_EQ(connect().exchange("POST", "/echo", "", "x").status, 200);
}

TEST(KnownHostsAtTheEdge, RefuseAReboundPageWhereNamesAreListed) {
  const EdgeServer any;
  const EdgeServer named(settingsWith(
      [](HttpSettings& settings) { settings.admission.allowedHosts = {"localhost"}; }));
  const std::string rebound =
      "GET /hello HTTP/1.1\r\nHost: evil.test\r\nAccept-Language: en\r\n\r\n";

  EXPECT_EQ(any.answerTo(rebound).status, 200);
  EXPECT_EQ(named.answerTo(rebound).status, 403);
  EXPECT_EQ(named.answerTo("GET /hello HTTP/1.1\r\nHost: evil.test\r\n\r\n").status, 200);
}

}  // namespace
}  // namespace mediadock::http
