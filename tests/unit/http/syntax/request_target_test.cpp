#include "http/syntax/request_target.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

TEST(RequestTarget, SplitsPathAndQuery) {
  const RequestTarget target = parseRequestTarget("/api/x?a=1&b=?2");

  EXPECT_EQ(target.path, "/api/x");
  EXPECT_EQ(target.query, "a=1&b=?2");
}

TEST(RequestTarget, X13DecodesThePathOnce) {
  EXPECT_EQ(parseRequestTarget("/api/crm/storage/%66ile").path, "/api/crm/storage/file");
  EXPECT_EQ(parseRequestTarget("/a;x=1").path, "/a;x=1");
}

class NonCanonicalTarget : public testing::TestWithParam<const char*> {};

TEST_P(NonCanonicalTarget, X13P20HasNoPath) {
  EXPECT_EQ(parseRequestTarget(GetParam()).path, "");
}

INSTANTIATE_TEST_SUITE_P(All, NonCanonicalTarget,
                         testing::Values("//api//crm", "//evil.com/x", "/api/../x", "/api/./x",
                                         "/api/%2e%2e/x", "/api%2Fcrm", "/api%2fcrm", "/a/..",
                                         "/a/."));

class BadTarget : public testing::TestWithParam<const char*> {};

TEST_P(BadTarget, IsRefused) {
  EXPECT_THAT([] { parseRequestTarget(GetParam()); }, ThrowsProblem(400));
}

INSTANTIATE_TEST_SUITE_P(All, BadTarget,
                         testing::Values("", "api", "http://h/x", "/%zz", "/%00", "/%FF",
                                         "/a%0D%0Ab"));

TEST(QueryParameters, B07DecodesAForm) {
  const auto query = QueryParameters::parse("path=a+b%2Bc&flag&empty=&&x=%D0%A4");

  EXPECT_EQ(query.find("path"), "a b+c");
  EXPECT_EQ(query.find("flag"), "");
  EXPECT_EQ(query.find("empty"), "");
  EXPECT_EQ(query.find("x"), "Ф");
  EXPECT_EQ(query.find("missing"), std::nullopt);
}

class BadQuery : public testing::TestWithParam<const char*> {};

TEST_P(BadQuery, B08P20IsRefused) {
  EXPECT_THAT([] { QueryParameters::parse(GetParam()); }, ThrowsProblem(400));
}

INSTANTIATE_TEST_SUITE_P(All, BadQuery,
                         testing::Values("path=%zz", "path=%", "path=%00", "path=%C0%AE",
                                         "path=%ED%A0%80", "%zz=1"));

TEST(QueryParameters, RefuseAValueThatIsThereTwice) {
  const auto query = QueryParameters::parse("path=a&path=b");

  EXPECT_THAT([&] { query.find("path"); }, ThrowsProblem(400));
}

TEST(QueryParameters, NameWhatIsMissing) {
  EXPECT_THAT([] { QueryParameters().require("path"); }, ThrowsProblem(400));
}

TEST(QueryParameters, ReadFlags) {
  const auto query = QueryParameters::parse("a=1&b=true&c=0&d=false&e=&f=yes");

  EXPECT_TRUE(query.flag("a"));
  EXPECT_TRUE(query.flag("b"));
  EXPECT_FALSE(query.flag("c"));
  EXPECT_FALSE(query.flag("d"));
  EXPECT_FALSE(query.flag("e"));
  EXPECT_FALSE(query.flag("missing"));
  EXPECT_THAT([&] { query.flag("f"); }, ThrowsProblem(400));
}

TEST(QueryParameters, ReadNumbersWithinTheirBounds) {
  const auto query = QueryParameters::parse("a=3&b=4&c=-1&d=1x&e=&f=99999999999999999999");

  EXPECT_EQ(query.number("a", 1, 3), 3U);
  EXPECT_EQ(query.number("missing", 1, 3), std::nullopt);
  for (const char* name : {"b", "c", "d", "e", "f"}) {
    EXPECT_THAT([&] { query.number(name, 1, 3); }, ThrowsProblem(400)) << name;
  }
}

}  // namespace
}  // namespace mediadock::http
