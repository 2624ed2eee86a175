#include "http/admission/known_hosts.h"

#include "http/syntax/problem_exception.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

bool passes(const KnownHosts& hosts, const std::string& host,
            const Headers::Field& sign = {"Accept-Language", "en"}) {
  Headers headers;
  headers.add("Host", host);
  headers.add(sign.first, sign.second);
  try {
    hosts.require(headers);
    return true;
  } catch (const ProblemException& error) {
    EXPECT_EQ(error.problem().status, 403);
    return false;
  }
}

const KnownHosts kLoopback({"localhost", "127.0.0.1", "[::1]"});

TEST(KnownHosts, AreKnownOnEveryPort) {
  EXPECT_TRUE(passes(kLoopback, "localhost"));
  EXPECT_TRUE(passes(kLoopback, "LOCALHOST:8080"));
  EXPECT_TRUE(passes(kLoopback, "127.0.0.1:8080"));
  EXPECT_TRUE(passes(kLoopback, "[::1]:8080"));
}

TEST(KnownHosts, RefuseABrowserThatWasReboundHere) {
  EXPECT_FALSE(passes(kLoopback, "evil.test:8080"));
  EXPECT_FALSE(passes(kLoopback, "localhost.evil.test"));
  EXPECT_FALSE(passes(kLoopback, "127.0.0.1.evil.test"));
  EXPECT_FALSE(passes(kLoopback, ""));
}

TEST(KnownHosts, TellABrowserByWhatItAlwaysSends) {
  for (const char* name : {"Accept-Language", "Origin", "Referer", "Sec-Fetch-Site"}) {
    EXPECT_FALSE(passes(kLoopback, "evil.test", {name, ""})) << name;
  }
}

TEST(KnownHosts, LeaveOtherClientsAlone) {
  EXPECT_TRUE(passes(kLoopback, "evil.test", {"User-Agent", "curl/7.88.1"}));
}

TEST(KnownHosts, AreAnyWhereNoneAreListed) {
  EXPECT_TRUE(passes(KnownHosts({}), "evil.test"));
}

}  // namespace
}  // namespace mediadock::http
