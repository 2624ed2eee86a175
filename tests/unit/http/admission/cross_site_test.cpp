#include "http/admission/cross_site.h"

#include "http/syntax/problem_exception.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

/// The server is asked as `media.example.test`; `https://console.example.test` is listed.
class CrossSite : public testing::Test {
 protected:
  using Fields = std::vector<Headers::Field>;

  bool passes(const Fields& fields, const std::string& method = "POST") const {
    RequestHead head{.method = method, .target = "/", .headers = {}};
    head.headers.add("Host", "media.example.test");
    for (const auto& [name, value] : fields) {
      head.headers.add(name, value);
    }
    try {
      requireOwnSite(head, client, cors);
      return true;
    } catch (const ProblemException& error) {
      EXPECT_EQ(error.problem().status, 403);
      return false;
    }
  }

  Client client{.isSecure = true};
  Cors cors{{*Origin::parse("https://console.example.test")}};
};

TEST_F(CrossSite, X59GoesByWhatTheBrowserSaysOfTheSite) {
  EXPECT_TRUE(passes({{"Sec-Fetch-Site", "same-origin"}}));
  EXPECT_TRUE(passes({{"Sec-Fetch-Site", "none"}}));
  EXPECT_FALSE(passes({{"Sec-Fetch-Site", "cross-site"}}));
  EXPECT_FALSE(passes({{"Sec-Fetch-Site", "same-site"}}));
  EXPECT_FALSE(passes({{"Sec-Fetch-Site", "a word of later"}}));
  EXPECT_FALSE(passes({{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "cross-site"}}));
}

TEST_F(CrossSite, X59GoesByTheOriginWhereTheBrowserIsOld) {
  EXPECT_TRUE(passes({{"Origin", "https://media.example.test"}}));
  EXPECT_FALSE(passes({{"Origin", "https://evil.example.test"}}));
  EXPECT_FALSE(passes({{"Origin", "https://media.example.test.evil.test"}}));
  EXPECT_FALSE(passes({{"Origin", "https://media.example.test:8443"}}));
  EXPECT_FALSE(passes({{"Origin", "null"}}));
  EXPECT_FALSE(passes({{"Origin", ""}}));
}

TEST_F(CrossSite, X59RefusesEveryMethodThatChangesSomething) {
  const Fields foreign = {{"Sec-Fetch-Site", "cross-site"}};

  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "MKCOL"}) {
    EXPECT_FALSE(passes(foreign, method)) << method;
  }
  for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
    EXPECT_TRUE(passes(foreign, method)) << method;
  }
}

TEST_F(CrossSite, LetsAListedOriginPass) {
  EXPECT_TRUE(
      passes({{"Origin", "https://console.example.test"}, {"Sec-Fetch-Site", "same-site"}}));
  EXPECT_TRUE(passes({{"Origin", "https://console.example.test"}}));
  EXPECT_FALSE(passes({{"Origin", "https://evil.test"}, {"Sec-Fetch-Site", "same-site"}}));
}

TEST_F(CrossSite, ComparesWithThePortThatWasAskedFor) {
  client.isSecure = false;
  const auto passesOn = [&](const std::string& host, const std::string& origin) {
    RequestHead head{.method = "POST", .target = "/", .headers = {}};
    head.headers.add("Host", host);
    head.headers.add("Origin", origin);
    try {
      requireOwnSite(head, client, cors);
      return true;
    } catch (const ProblemException&) {
      return false;
    }
  };

  EXPECT_TRUE(passesOn("127.0.0.1:8080", "http://127.0.0.1:8080"));
  EXPECT_FALSE(passesOn("127.0.0.1:8080", "http://127.0.0.1:3000"));
  EXPECT_TRUE(passesOn("[::1]:8080", "http://[::1]:8080"));
  EXPECT_TRUE(passesOn("Media.example.test:80", "http://media.example.test"));
}

TEST_F(CrossSite, TakesAPageOfHttpForAnotherThanOneOfHttps) {
  const Fields page = {{"Origin", "http://media.example.test"}};

  EXPECT_FALSE(passes(page));
  client.isSecure = false;
  EXPECT_TRUE(passes(page));
  EXPECT_TRUE(passes({{"Origin", "https://media.example.test"}}))
      << "there may be HTTPS in front that the server does not know of";
}

TEST_F(CrossSite, LetsPassWhatBringsCredentialsThatNoBrowserAdds) {
  const Headers::Field foreign = {"Sec-Fetch-Site", "cross-site"};

  EXPECT_TRUE(passes({foreign, {"Authorization", "Bearer token"}}));
  EXPECT_TRUE(passes({foreign, {"X-API-Key", "key"}}));
}

TEST_F(CrossSite, X59KnowsThatBrowsersRepeatALogin) {
  const Headers::Field foreign = {"Sec-Fetch-Site", "cross-site"};

  EXPECT_FALSE(passes({foreign, {"Authorization", "Basic dTpw"}}));
  EXPECT_FALSE(passes({foreign, {"Authorization", "Negotiate abc"}}));
  EXPECT_FALSE(passes({foreign, {"Cookie", "session=1"}}));
}

TEST_F(CrossSite, X59WantsAHeaderWhereACookieComesWithoutAWordOfItsOrigin) {
  EXPECT_FALSE(passes({{"Cookie", "session=1"}}));
  EXPECT_TRUE(passes({{"Cookie", "session=1"}, {"X-Requested-With", "XMLHttpRequest"}}));
}

TEST_F(CrossSite, LeavesAloneWhatIsNoBrowser) {
  EXPECT_TRUE(passes({}));
  EXPECT_TRUE(passes({{"User-Agent", "curl/7.88.1"}}));
}

}  // namespace
}  // namespace mediadock::http
