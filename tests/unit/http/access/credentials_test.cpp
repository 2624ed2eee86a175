#include "http/access/credentials.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

using Lines = std::vector<Headers::Field>;

Headers headersOf(const Lines& lines) {
  Headers headers;
  for (const auto& [name, value] : lines) {
    headers.add(name, value);
  }
  return headers;
}

TEST(BearerOf, TakesTheSchemeInAnyCase) {
  EXPECT_EQ(bearerOf(headersOf({{"Authorization", "Bearer abc"}})), "abc");
  EXPECT_EQ(bearerOf(headersOf({{"authorization", "bEARER  abc "}})), "abc");
}

TEST(BearerOf, LeavesOtherSchemesToOthers) {
  EXPECT_EQ(bearerOf(headersOf({})), std::nullopt);
  EXPECT_EQ(bearerOf(headersOf({{"Authorization", "Basic abc"}})), std::nullopt);
  EXPECT_EQ(bearerOf(headersOf({{"Authorization", "Bearerabc"}})), std::nullopt);
}

TEST(BearerOf, TakesNobodyWhereThereAreTwo) {
  EXPECT_EQ(bearerOf(headersOf({{"Authorization", "Bearer a"}, {"Authorization", "Bearer b"}})),
            "");
}

TEST(ApiKeyOf, TakesNobodyWhereThereAreTwo) {
  EXPECT_EQ(apiKeyOf(headersOf({{"X-API-Key", "a"}})), "a");
  EXPECT_EQ(apiKeyOf(headersOf({{"X-API-Key", "a"}, {"x-api-key", "a"}})), "");
  EXPECT_EQ(apiKeyOf(headersOf({})), std::nullopt);
}

TEST(CookieOf, FindsTheOneByName) {
  const auto headers = headersOf({{"Cookie", "a=1; session=\"abc\"; session2=x; b"}});

  EXPECT_EQ(cookieOf(headers, "session"), "abc");
  EXPECT_EQ(cookieOf(headers, "session2"), "x");
  EXPECT_EQ(cookieOf(headers, "b"), std::nullopt);
  EXPECT_EQ(cookieOf(headers, "Session"), std::nullopt);
}

TEST(CookieOf, KeepsWhatStandsBehindASecondEqualsSign) {
  EXPECT_EQ(cookieOf(headersOf({{"Cookie", "s=a=b="}}), "s"), "a=b=");
}

TEST(CookieOf, TakesNobodyWhereThereAreTwo) {
  EXPECT_EQ(cookieOf(headersOf({{"Cookie", "s=a; s=b"}}), "s"), "");
  EXPECT_EQ(cookieOf(headersOf({{"Cookie", "s=a"}, {"Cookie", "s=b"}}), "s"), "");
}

}  // namespace
}  // namespace mediadock
