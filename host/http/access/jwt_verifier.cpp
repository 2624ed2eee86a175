#include "http/access/jwt_verifier.h"

#include "http/access/credentials.h"
#include "http/syntax/digest.h"
#include "mediadock/storage_error.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <optional>
#include <string>

namespace mediadock::http {
namespace {

using Poco::Dynamic::Var;
using Object = Poco::JSON::Object::Ptr;

constexpr std::size_t kMaxTokenBytes = 8192;
constexpr std::size_t kMaxJsonDepth = 8;
constexpr std::size_t kMaxNameBytes = 256;

[[noreturn]] void refuse(const std::string& reason) {
  throw BadCredentials(reason);
}

[[noreturn]] void refuseForm() {
  refuse("the token is not well-formed");
}

Object parseObject(std::string_view part) {
  const auto text = decodeBase64(part, Base64Alphabet::Url);
  if (!text || !isValidUtf8(*text)) {
    refuseForm();
  }
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(kMaxJsonDepth);
    return parser.parse(*text).extract<Object>();
  } catch (const Poco::Exception&) {
    refuseForm();
  }
}

std::string textOf(const Var& value, const char* claim) {
  if (!value.isString()) {
    refuse(std::string("the token's '") + claim + "' is no text");
  }
  auto text = value.extract<std::string>();
  // JSON escapes can encode what raw text must not contain.
  if (!isValidUtf8(text) || text.find('\0') != std::string::npos) {
    refuse(std::string("the token's '") + claim + "' is no text");
  }
  return text;
}

std::vector<std::string> textsOf(const Var& value, const char* claim) {
  if (value.type() != typeid(Poco::JSON::Array::Ptr)) {
    refuse(std::string("the token's '") + claim + "' is no array");
  }
  std::vector<std::string> texts;
  for (const auto& element : *value.extract<Poco::JSON::Array::Ptr>()) {
    texts.push_back(textOf(element, claim));
  }
  return texts;
}

/// Seconds since 1970; may have a fraction and exceed the range of any clock.
std::optional<double> timeOf(const Object& claims, const char* claim) {
  if (!claims->has(claim)) {
    return std::nullopt;
  }
  const Var value = claims->get(claim);
  if (!value.isNumeric() || value.isBoolean() || value.isString()) {
    refuse(std::string("the token's '") + claim + "' is no time");
  }
  return value.convert<double>();
}

void checkTimes(const Object& claims, std::chrono::sys_seconds now) {
  const auto seconds = static_cast<double>(now.time_since_epoch().count());
  const auto leeway = static_cast<double>(JwtVerifier::kLeeway.count());
  const auto expiry = timeOf(claims, "exp");
  if (!expiry) {
    refuse("the token has no 'exp': one that holds for ever is not taken");
  }
  if (seconds >= *expiry + leeway) {
    refuse("the token has expired");
  }
  if (const auto begin = timeOf(claims, "nbf"); begin && seconds < *begin - leeway) {
    refuse("the token does not hold yet");
  }
}

void checkIssuer(const Object& claims, const std::string& issuer) {
  if (!issuer.empty() && (!claims->has("iss") || textOf(claims->get("iss"), "iss") != issuer)) {
    refuse("the token is not from the issuer that is trusted here");
  }
}

/// RFC 7519 §4.1.3: a token with audiences is only for those. If none is configured, no `aud`
/// matches this host, not even an empty one.
void checkAudience(const Object& claims, const std::string& audience) {
  if (!claims->has("aud") && audience.empty()) {
    return;
  }
  std::vector<std::string> audiences;
  if (claims->has("aud")) {
    const Var value = claims->get("aud");
    audiences = value.isString() ? std::vector{textOf(value, "aud")} : textsOf(value, "aud");
  }
  const bool isNamed = std::find(audiences.begin(), audiences.end(), audience) != audiences.end();
  if (audience.empty() || !isNamed) {
    refuse("the token is for another audience");
  }
}

std::string nameOf(const Object& claims) {
  std::string name = claims->has("sub") ? textOf(claims->get("sub"), "sub") : std::string();
  if (name.empty() || name.size() > kMaxNameBytes) {
    refuse("the token's 'sub' does not name a caller");
  }
  return name;
}

/// Unknown words are ignored: a token may be meant for several services.
Scopes scopesOf(const Object& claims) {
  if (!claims->has("scope")) {
    return {Scope::Read};
  }
  const std::string words = textOf(claims->get("scope"), "scope");
  Scopes scopes;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    if (const auto scope = parseScope(std::string_view(words).substr(begin, end - begin))) {
      scopes.add(*scope);
    }
    begin = end + 1;
  }
  return scopes;
}

std::vector<StoragePath> foldersOf(const Object& claims) {
  if (!claims->has("paths")) {
    return {StoragePath()};
  }
  std::vector<StoragePath> folders;
  try {
    for (const std::string& path : textsOf(claims->get("paths"), "paths")) {
      folders.push_back(StoragePath::parse(path));
    }
  } catch (const StorageError& error) {
    refuse(std::string("the token's 'paths' cannot be used: ") + error.what());
  }
  return folders;
}

struct Parts {
  /// The signed text: header and claims with the dot between them.
  std::string_view text;
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
};

Parts split(std::string_view token) {
  if (token.size() > kMaxTokenBytes || std::count(token.begin(), token.end(), '.') != 2) {
    refuseForm();
  }
  const std::size_t first = token.find('.');
  const std::size_t second = token.rfind('.');
  return {.text = token.substr(0, second),
          .header = token.substr(0, first),
          .claims = token.substr(first + 1, second - first - 1),
          .signature = token.substr(second + 1)};
}

void checkSignature(const Parts& parts, const JwtKey& key) {
  const Object header = parseObject(parts.header);
  // RFC 7515 §4.1.11: extensions that must be understood; none is supported.
  if (header->has("crit")) {
    refuse("the token asks for an extension that is not known here");
  }
  const auto signature = decodeBase64(parts.signature, Base64Alphabet::Url);
  if (!signature || !header->has("alg") ||
      !key.verifies(textOf(header->get("alg"), "alg"), parts.text, *signature)) {
    refuse("the token's signature does not hold");
  }
}

}  // namespace

Caller JwtVerifier::verify(std::string_view token, std::chrono::sys_seconds now) const {
  const Parts parts = split(token);
  checkSignature(parts, *settings_.key);
  const Object claims = parseObject(parts.claims);
  checkTimes(claims, now);
  checkIssuer(claims, settings_.issuer);
  checkAudience(claims, settings_.audience);
  return {.name = nameOf(claims),
          .method = AuthMethod::BearerToken,
          .scopes = scopesOf(claims),
          .folders = foldersOf(claims)};
}

}  // namespace mediadock::http
