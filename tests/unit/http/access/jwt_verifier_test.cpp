#include "http/access/jwt_verifier.h"

#include "http/access/credentials.h"
#include "mediadock/storage_error.h"
#include "support/test_token.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using testing::HasSubstr;

const sys_seconds kNow{seconds(1700000000)};
constexpr const char* kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr const char* kValid = R"("sub":"anna","exp":1700000100)";

JwtVerifier verifierOf(const std::string& issuer = "", const std::string& audience = "") {
  return JwtVerifier(
      {.key = JwtKey::fromSecret(kTokenSecret), .issuer = issuer, .audience = audience});
}

/// `claims` without braces.
Caller callerOf(const std::string& claims, const JwtVerifier& verifier = verifierOf()) {
  return verifier.verify(tokenOf(kHeader, "{" + claims + "}"), kNow);
}

std::string refusalOf(const std::string& token, const JwtVerifier& verifier = verifierOf()) {
  try {
    verifier.verify(token, kNow);
  } catch (const BadCredentials& error) {
    return error.what();
  }
  ADD_FAILURE() << "was accepted: " << token;
  return {};
}

std::string claimsRefusal(const std::string& claims, const JwtVerifier& verifier = verifierOf()) {
  return refusalOf(tokenOf(kHeader, "{" + claims + "}"), verifier);
}

TEST(JwtVerifier, ReadsTheCaller) {
  const Caller caller = callerOf(
      R"("sub":"anna","exp":1700000100,"scope":"openid write delete","paths":["A/B","C"])");

  EXPECT_EQ(caller.name, "anna");
  EXPECT_EQ(caller.method, AuthMethod::BearerToken);
  EXPECT_EQ(caller.scopes, (Scopes{Scope::Write, Scope::Delete}));
  EXPECT_EQ(caller.folders, (std::vector{StoragePath::parse("A/B"), StoragePath::parse("C")}));
}

TEST(JwtVerifier, LetsReadEverywhereWhereTheTokenSaysNothing) {
  const Caller caller = callerOf(kValid);

  EXPECT_EQ(caller.scopes, Scopes{Scope::Read});
  EXPECT_EQ(caller.folders, std::vector{StoragePath()});
}

TEST(JwtVerifier, LetsDoNothingWhereTheTokenSaysSo) {
  EXPECT_TRUE(callerOf(std::string(kValid) + R"(,"scope":"")").scopes.isEmpty());
  EXPECT_TRUE(callerOf(std::string(kValid) + R"(,"paths":[])").folders.empty());
}

TEST(JwtVerifier, RefusesOtherAlgorithmsThanThoseOfItsKey) {
  const std::string claims = std::string("{") + kValid + "}";
  for (const char* algorithm :
       {"none", "None", "nOnE", "", "hs256", "RS256", "ES256", "HS256 ", "PS256"}) {
    const std::string header = std::string(R"({"alg":")") + algorithm + "\"}";
    EXPECT_THAT(refusalOf(tokenOf(header, claims)), HasSubstr("signature")) << algorithm;
    EXPECT_THAT(refusalOf(encodeBase64(header, Base64Alphabet::Url) + "." +
                          encodeBase64(claims, Base64Alphabet::Url) + "."),
                HasSubstr("signature"))
        << algorithm;
  }
  EXPECT_THAT(refusalOf(tokenOf("{}", claims)), HasSubstr("signature"));
}

TEST(JwtVerifier, RefusesAnotherKeysToken) {
  EXPECT_THAT(refusalOf(tokenOf(kHeader, std::string("{") + kValid + "}", "another key")),
              HasSubstr("signature"));
}

TEST(JwtVerifier, X16RefusesEveryTokenThatDiffers) {
  const std::string token = tokenOf(kHeader, std::string("{") + kValid + "}");

  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(refusalOf(forged).empty()) << i;
    refusalOf(token.substr(0, i));
  }
  refusalOf(token + "A");
  refusalOf(token + ".A");
  refusalOf(" " + token);
}

TEST(JwtVerifier, LooksAtNoClaimBeforeTheSignature) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  const std::string token = encodeBase64(kHeader, Base64Alphabet::Url) + "." +
                            encodeBase64("{\"a\":" + deep.substr(0, 4000), Base64Alphabet::Url) +
                            ".AAAA";

  EXPECT_THAT(refusalOf(token), HasSubstr("signature"));
}

TEST(JwtVerifier, RefusesAnExtensionItDoesNotKnow) {
  EXPECT_THAT(refusalOf(tokenOf(R"({"alg":"HS256","crit":["b64"],"b64":false})",
                                std::string("{") + kValid + "}")),
              HasSubstr("extension"));
}

TEST(JwtVerifier, RefusesATokenThatHasExpired) {
  EXPECT_THAT(claimsRefusal(R"("sub":"a","exp":1699999970)"), HasSubstr("expired"));
  EXPECT_EQ(callerOf(R"("sub":"a","exp":1699999971)").name, "a") << "clocks may differ";
}

TEST(JwtVerifier, RefusesATokenThatHoldsForEver) {
  EXPECT_THAT(claimsRefusal(R"("sub":"a")"), HasSubstr("'exp'"));
  EXPECT_THAT(claimsRefusal(R"("sub":"a","exp":null)"), HasSubstr("'exp'"));
  EXPECT_THAT(claimsRefusal(R"("sub":"a","exp":"1700000100")"), HasSubstr("'exp'"));
  EXPECT_THAT(claimsRefusal(R"("sub":"a","exp":true)"), HasSubstr("'exp'"));
}

TEST(JwtVerifier, RefusesATokenBeforeItsTime) {
  EXPECT_THAT(claimsRefusal(std::string(kValid) + R"(,"nbf":1700000031)"), HasSubstr("yet"));
  EXPECT_EQ(callerOf(std::string(kValid) + R"(,"nbf":1700000029.5)").name, "anna")
      << "nbf has a fraction";
}

TEST(JwtVerifier, RefusesAnotherIssuer) {
  const auto verifier = verifierOf("https://id.example.test");

  EXPECT_EQ(callerOf(std::string(kValid) + R"(,"iss":"https://id.example.test")", verifier).name,
            "anna");
  EXPECT_THAT(claimsRefusal(kValid, verifier), HasSubstr("issuer"));
  EXPECT_THAT(claimsRefusal(std::string(kValid) + R"(,"iss":"https://id.example.test.evil.test")",
                            verifier),
              HasSubstr("issuer"));
}

TEST(JwtVerifier, RefusesATokenForAnotherAudience) {
  const auto verifier = verifierOf("", "media");

  EXPECT_EQ(callerOf(std::string(kValid) + R"(,"aud":"media")", verifier).name, "anna");
  EXPECT_EQ(callerOf(std::string(kValid) + R"(,"aud":["crm","media"])", verifier).name, "anna");
  EXPECT_THAT(claimsRefusal(kValid, verifier), HasSubstr("audience"));
  EXPECT_THAT(claimsRefusal(std::string(kValid) + R"(,"aud":"mediadock")", verifier),
              HasSubstr("audience"));
  EXPECT_THAT(claimsRefusal(std::string(kValid) + R"(,"aud":[])", verifier), HasSubstr("audience"));
}

TEST(JwtVerifier, RefusesATokenForAnyAudienceWhereNoneIsConfigured) {
  for (const char* audience : {R"("media")", R"("")", R"([""])", R"(["","media"])", "[]"}) {
    EXPECT_THAT(claimsRefusal(std::string(kValid) + R"(,"aud":)" + audience), HasSubstr("audience"))
        << audience;
  }
  EXPECT_EQ(callerOf(kValid).name, "anna");
}

TEST(JwtVerifier, RefusesATokenThatNamesNobody) {
  EXPECT_THAT(claimsRefusal(R"("exp":1700000100)"), HasSubstr("'sub'"));
  EXPECT_THAT(claimsRefusal(R"("sub":"","exp":1700000100)"), HasSubstr("'sub'"));
  EXPECT_THAT(claimsRefusal(R"("sub":7,"exp":1700000100)"), HasSubstr("'sub'"));
  EXPECT_THAT(claimsRefusal("\"sub\":\"" + std::string(257, 'a') + "\",\"exp\":1700000100"),
              HasSubstr("'sub'"));
}

TEST(JwtVerifier, RefusesClaimsOfTheWrongForm) {
  for (const char* claim :
       {R"("paths":"A")", R"("paths":null)", R"("paths":["../A"])", R"("paths":["A/"])",
        R"("paths":[7])", R"("scope":["read"])", R"("scope":null)"}) {
    EXPECT_FALSE(claimsRefusal(std::string(kValid) + "," + claim).empty()) << claim;
  }
  for (const char* claims : {"", "[]", "null", "{", "\xC3\x28"}) {
    EXPECT_THAT(refusalOf(tokenOf(kHeader, claims)), HasSubstr("well-formed")) << claims;
    EXPECT_THAT(refusalOf(tokenOf(claims, "{}")), HasSubstr("well-formed")) << claims;
  }
  EXPECT_THAT(refusalOf(std::string(9000, 'A') + "..", verifierOf()), HasSubstr("well-formed"));
}

}  // namespace
}  // namespace mediadock::http
