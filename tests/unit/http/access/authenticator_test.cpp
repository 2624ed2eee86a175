#include "http/access/authenticator.h"

#include "http/access/credentials.h"
#include "http/syntax/digest.h"
#include "support/test_token.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const std::string kAnna = freshToken(R"("sub":"anna")");
const std::string kBert = freshToken(R"("sub":"bert")");

Authenticator byTokens() {
  return Authenticator({.mode = AuthMode::Jwt,
                        .jwt = {.key = JwtKey::fromSecret(kTokenSecret), .cookie = "session"}});
}

Authenticator byKeys() {
  return Authenticator({.mode = AuthMode::ApiKey,
                        .apiKeys = ApiKeys::parse("scanner:" + sha256Hex("k") + ":write")});
}

std::optional<Caller> identify(const Authenticator& authenticator,
                               const std::vector<Headers::Field>& lines) {
  Headers headers;
  for (const auto& [name, value] : lines) {
    headers.add(name, value);
  }
  return authenticator.identify(
      headers, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

TEST(Authenticator, TakesATokenFromHeaderOrCookie) {
  const auto bearer = identify(byTokens(), {{"Authorization", "Bearer " + kAnna}});
  const auto cookie = identify(byTokens(), {{"Cookie", "session=" + kAnna}});

  EXPECT_EQ(bearer->name, "anna");
  EXPECT_FALSE(bearer->isViaCookie());
  EXPECT_EQ(cookie->name, "anna");
  EXPECT_TRUE(cookie->isViaCookie());
}

TEST(Authenticator, PrefersTheHeader) {
  const Headers::Field cookie("Cookie", "session=" + kBert);

  EXPECT_EQ(identify(byTokens(), {{"Authorization", "Bearer " + kAnna}, cookie})->name, "anna");
  EXPECT_THROW(identify(byTokens(), {{"Authorization", "Bearer x"}, cookie}), BadCredentials);
}

TEST(Authenticator, TakesACookieOnlyWhereOneIsNamed) {
  const Authenticator withoutCookie(
      {.mode = AuthMode::Jwt, .jwt = {.key = JwtKey::fromSecret(kTokenSecret)}});

  EXPECT_FALSE(identify(withoutCookie, {{"Cookie", "session=" + kAnna + "; =" + kAnna}}));
}

std::string cookiesWith(const std::vector<std::string>& tokens) {
  std::string cookies;
  for (const std::string& token : tokens) {
    cookies += (cookies.empty() ? "session=" : "; session=") + token;
  }
  return cookies;
}

TEST(Authenticator, TakesTheValidCookieAmongStaleOnesInAnyOrder) {
  const std::string stale = tokenOf(R"({"alg":"HS256"})", R"({"sub":"anna","exp":1})");

  for (const auto& tokens : std::vector<std::vector<std::string>>{
           {stale, kAnna}, {kAnna, stale}, {"", kAnna, "x"}, {"x.y.z", stale, kAnna, kAnna}}) {
    const auto caller = identify(byTokens(), {{"Cookie", cookiesWith(tokens)}});

    ASSERT_TRUE(caller) << cookiesWith(tokens);
    EXPECT_EQ(caller->name, "anna");
    EXPECT_TRUE(caller->isViaCookie());
  }
}

TEST(Authenticator, SaysOfStaleCookiesWhatIsWrongWithTheLast) {
  const std::string stale = tokenOf(R"({"alg":"HS256"})", R"({"sub":"anna","exp":1})");

  EXPECT_THAT(
      [&] {
        identify(byTokens(), {{"Cookie", cookiesWith({"x", stale})}});
      },
      ThrowsMessage<BadCredentials>(HasSubstr("expired")));
  EXPECT_THAT(
      [&] {
        identify(byTokens(), {{"Cookie", cookiesWith({stale, "x"})}});
      },
      ThrowsMessage<BadCredentials>(HasSubstr("not well-formed")));
}

TEST(Authenticator, TakesNoCallerFromCookiesOfTwo) {
  EXPECT_THAT(
      [] {
        identify(byTokens(), {{"Cookie", cookiesWith({kAnna, kBert})}});
      },
      ThrowsMessage<BadCredentials>(HasSubstr("different callers")));
}

TEST(Authenticator, VerifiesNoMoreCookiesThanItsLimit) {
  std::vector<std::string> tokens(Authenticator::kMaxTokenCookies - 1, "x");
  tokens.push_back(kAnna);
  EXPECT_EQ(identify(byTokens(), {{"Cookie", cookiesWith(tokens)}})->name, "anna");

  tokens.push_back("x");
  EXPECT_THAT(
      [&] {
        identify(byTokens(), {{"Cookie", cookiesWith(tokens)}});
      },
      ThrowsMessage<BadCredentials>(HasSubstr("too many cookies")));
}

TEST(Authenticator, TakesAKeyFromEitherHeader) {
  EXPECT_EQ(identify(byKeys(), {{"X-API-Key", "k"}})->name, "scanner");
  EXPECT_EQ(identify(byKeys(), {{"Authorization", "Bearer k"}})->name, "scanner");
  EXPECT_THROW(identify(byKeys(), {{"X-API-Key", "K"}}), BadCredentials);
  EXPECT_THROW(identify(byKeys(), {{"X-API-Key", ""}}), BadCredentials);
}

TEST(Authenticator, LeavesCredentialsOfAnotherModeAlone) {
  EXPECT_FALSE(identify(byKeys(), {{"Cookie", "session=" + kAnna}}));
  EXPECT_FALSE(identify(byTokens(), {{"X-API-Key", "k"}}));
  EXPECT_FALSE(identify(byTokens(), {{"Authorization", "Basic YTpi"}}));
}

}  // namespace
}  // namespace mediadock::http
