/// \file
/// Input: what a caller shows: a token, a `Cookie` or `Authorization` header, the signature of a
/// URL, or a file of API keys: each input is tried as all of them.

#include "fuzz/fuzz_target.h"
#include "http/access/api_keys.h"
#include "http/access/credentials.h"
#include "http/access/jwt_verifier.h"
#include "http/access/url_signer.h"
#include "mediadock/storage_error.h"
#include "support/test_token.h"

#include <optional>
#include <string>

namespace mediadock::fuzz {
namespace {

const std::chrono::sys_seconds kNow{std::chrono::seconds(1700000000)};

std::optional<http::Caller> callerOf(std::string_view token) {
  static const http::JwtVerifier kVerifier({.key = http::JwtKey::fromSecret(kTokenSecret)});
  try {
    return kVerifier.verify(token, kNow);
  } catch (const http::BadCredentials&) {
    return std::nullopt;
  }
}

void requireConfined(const http::Caller& caller) {
  require(caller.isKnown(), "a caller has a name");
  for (const StoragePath& folder : caller.folders) {
    require(caller.mayAccess(folder), "a caller reaches its own folders");
  }
}

void tryToken(std::string_view input) {
  require(!callerOf(input), "a token is taken only from who has the secret");
  // Signed, the input gets to where claims are read.
  for (const auto& token : {tokenOf(R"({"alg":"HS256"})", std::string(input)),
                            tokenOf(std::string(input), R"({"sub":"a","exp":1800000000})")}) {
    if (const auto caller = callerOf(token)) {
      requireConfined(*caller);
    }
  }
}

void tryHeaders(std::string_view input) {
  http::Headers headers;
  headers.add("Cookie", std::string(input));
  headers.add("Authorization", std::string(input));
  for (const std::string& cookie : http::cookiesOf(headers, "session")) {
    require(cookie.find(';') == std::string::npos, "a cookie ends at its semicolon");
  }
  const auto bearer = http::bearerOf(headers);
  require(!bearer || input.find(*bearer) != std::string_view::npos, "a token stands in its header");
}

void trySignature(std::string_view input) {
  static const http::UrlSigner kSigner({"a key that no input can know"});
  const http::SignedTarget target{
      .purpose = "file", .path = StoragePath::parse("a"), .version = "v"};
  require(!kSigner.holds(input, target, kNow), "a signature is made with the key only");
}

void tryKeys(std::string_view input) {
  try {
    const auto keys = http::ApiKeys::parse(input);
    if (const auto caller = keys.find("k")) {
      require(!caller->scopes.isEmpty(), "a key has a scope");
      requireConfined(*caller);
    }
  } catch (const StorageError& refusal) {
    require(refusal.code() == StorageErrc::ConfigInvalid,
            "a bad key file is a matter of configuration");
    require(std::string_view(refusal.what()).find("line ") != std::string_view::npos,
            "a refusal names the line");
  }
}

}  // namespace

void tryInput(std::string_view input) {
  tryToken(input);
  tryHeaders(input);
  trySignature(input);
  tryKeys(input);
}

}  // namespace mediadock::fuzz
