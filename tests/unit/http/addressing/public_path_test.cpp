#include "http/addressing/public_path.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

TEST(ParsePublicPath, TakesAPathWithOrWithoutItsLastSlash) {
  EXPECT_EQ(parsePublicPath("/media"), "/media");
  EXPECT_EQ(parsePublicPath("/media/"), "/media");
  EXPECT_EQ(parsePublicPath("/crm/v1.2/~a_b-c"), "/crm/v1.2/~a_b-c");
}

TEST(ParsePublicPath, TakesTheRootForNone) {
  EXPECT_EQ(parsePublicPath(""), "");
  EXPECT_EQ(parsePublicPath("/"), "");
}

TEST(ParsePublicPath, RefusesWhatLeadsElsewhere) {
  for (const char* text : {"//evil.example.test", "//", "/a//b", "media", "a/b", "/..", "/a/../b",
                           "/.", "http://evil.example.test"}) {
    EXPECT_EQ(parsePublicPath(text), std::nullopt) << text;
  }
}

TEST(ParsePublicPath, RefusesWhatCouldEndAHeaderALinkOrAPage) {
  for (const char* text : {"/a b", "/a\r\nX: y", "/a\"", "/a>", "/a<b", "/a?b", "/a#b", "/a;b",
                           "/a%0a", "/a,b", "/\xC3\xA4", "/a\\b"}) {
    EXPECT_EQ(parsePublicPath(text), std::nullopt) << text;
  }
}

TEST(ParsePublicPath, RefusesMoreThanItsLimit) {
  const std::string longest = "/" + std::string(kMaxPublicPathBytes - 1, 'a');

  EXPECT_EQ(parsePublicPath(longest), longest);
  EXPECT_EQ(parsePublicPath(longest + "a"), std::nullopt);
}

}  // namespace
}  // namespace mediadock::http
