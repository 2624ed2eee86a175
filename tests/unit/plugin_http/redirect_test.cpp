#include "http/redirect.h"

#include <gtest/gtest.h>

namespace mediadock::http_client {
namespace {

const Origin kCloud{true, "cloud.example.test", 443};

std::optional<std::string> follow(const std::string& location, int status = 302) {
  HttpHead head{.status = status};
  head.fields.emplace_back("Location", location);
  return redirectTarget(head, kCloud);
}

TEST(RedirectTarget, StaysWithinSchemeHostAndPort) {
  EXPECT_EQ(follow("/a/b?c=d"), "/a/b?c=d");
  EXPECT_EQ(follow("https://cloud.example.test/a#b"), "/a");
  EXPECT_EQ(follow("https://CLOUD.example.test:443/a"), "/a");
  EXPECT_EQ(follow("/a", 308), "/a");
}

TEST(RedirectTarget, GoesNowhereElse) {
  for (const char* location :
       {"http://cloud.example.test/a", "https://cloud.example.test:8443/a",
        "https://other.example.test/a", "https://cloud.example.test.evil.test/a",
        "https://cloud.example.test@evil.test/a", "https://u:p@cloud.example.test/a",
        "//evil.test/a", "ftp://cloud.example.test/a", "a/b", "", "/a b", "/a\r\nX: y",
        "https://cloud.example.test", "\\\\evil.test/a"}) {
    EXPECT_EQ(follow(location), std::nullopt) << location;
  }
}

TEST(RedirectTarget, TakesOtherAnswersForNone) {
  for (const int status : {200, 201, 300, 303, 304, 404}) {
    EXPECT_EQ(follow("/a", status), std::nullopt) << status;
  }
}

TEST(RedirectHost, TellsNoSecret) {
  EXPECT_EQ(redirectHost("https://u:p@other.example.test:8443/x?token=y"),
            "https://other.example.test:8443");
  EXPECT_EQ(redirectHost("//other.example.test/x"), "//other.example.test");
  EXPECT_EQ(redirectHost("/login?token=y"), "another address on the same server");
}

}  // namespace
}  // namespace mediadock::http_client
