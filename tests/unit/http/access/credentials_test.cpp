#include "http/access/credentials.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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

TEST(CookiesOf, FindsThoseOfTheName) {
  const auto headers = headersOf({{"Cookie", "a=1; session=\"abc\"; session2=x; b"}});

  EXPECT_THAT(cookiesOf(headers, "session"), ElementsAre("abc"));
  EXPECT_THAT(cookiesOf(headers, "session2"), ElementsAre("x"));
  EXPECT_THAT(cookiesOf(headers, "b"), IsEmpty());
  EXPECT_THAT(cookiesOf(headers, "Session"), IsEmpty());
}

TEST(CookiesOf, KeepsWhatFollowsASecondEqualsSign) {
  EXPECT_THAT(cookiesOf(headersOf({{"Cookie", "s=a=b="}}), "s"), ElementsAre("a=b="));
}

TEST(CookiesOf, KeepsTheOrderOverLines) {
  EXPECT_THAT(cookiesOf(headersOf({{"Cookie", "s=a; s=b"}, {"Cookie", "s=c"}}), "s"),
              ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace mediadock::http
