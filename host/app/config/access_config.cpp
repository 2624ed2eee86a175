#include "app/config/access_config.h"

#include "app/secrets/secret_file.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>

namespace mediadock::app {
namespace {

constexpr std::size_t kMinSigningKeyBytes = 32;

constexpr std::array<const char*, 5> kJwtKeys = {"auth.jwt.secret", "auth.jwt.public_key_file",
                                                 "auth.jwt.issuer", "auth.jwt.audience",
                                                 "auth.jwt.cookie"};

void refuseForeignKeys(const HostValues& values, http::AuthMode mode) {
  const auto refuseIfSet = [&](const char* key, const char* otherMode) {
    if (values.isSet(key)) {
      values.refuse(key, std::string(key) + " is set, but auth.mode is not " + otherMode);
    }
  };
  if (mode != http::AuthMode::Jwt) {
    for (const char* key : kJwtKeys) {
      refuseIfSet(key, "jwt");
    }
  }
  if (mode != http::AuthMode::ApiKey) {
    refuseIfSet("auth.api_keys_file", "api_key");
  }
}

/// Applies `read`; if it throws, the message is prefixed with the key.
template <typename Read>
auto made(const HostValues& values, const std::string& key, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const StorageError& error) {
    values.refuse(key, key + ": " + error.what());
  }
}

http::JwtKey readJwtKey(const HostValues& values) {
  const std::string secret = "auth.jwt.secret";
  const std::string publicKey = "auth.jwt.public_key_file";
  if (values.isSet(secret) == values.isSet(publicKey)) {
    values.refuse("auth.mode",
                  "auth.mode=jwt needs either auth.jwt.secret or "
                  "auth.jwt.public_key_file, and not both");
  }
  if (values.isSet(secret)) {
    return made(values, secret, [&] { return http::JwtKey::fromSecret(values.text(secret)); });
  }
  const std::string pem = readSecretFile(values.text(publicKey), publicKey);
  return made(values, publicKey, [&] { return http::JwtKey::fromPublicKey(pem); });
}

bool isCookieName(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return c > 0x20 && c < 0x7F && c != ';' && c != '=' && c != ',' && c != '"';
  });
}

http::JwtSettings readJwt(const HostValues& values) {
  http::JwtSettings jwt{.key = readJwtKey(values),
                        .issuer = values.text("auth.jwt.issuer"),
                        .audience = values.text("auth.jwt.audience"),
                        .cookie = values.text("auth.jwt.cookie")};
  if (!isCookieName(jwt.cookie)) {
    values.refuse("auth.jwt.cookie", "auth.jwt.cookie cannot be the name of a cookie");
  }
  return jwt;
}

http::ApiKeys readApiKeys(const HostValues& values) {
  const std::string key = "auth.api_keys_file";
  if (!values.isSet(key)) {
    values.refuse("auth.mode", "auth.mode=api_key needs auth.api_keys_file");
  }
  const std::string text = readSecretFile(values.text(key), key);
  http::ApiKeys keys = made(values, key, [&] { return http::ApiKeys::parse(text); });
  if (keys.isEmpty()) {
    values.refuse(key, key + " names a file without any key");
  }
  return keys;
}

std::vector<std::string> signingKeys(const HostValues& values) {
  const std::string text = values.text("auth.url_signing_key");
  std::vector<std::string> keys(1);
  for (const char c : text) {
    if (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      keys.emplace_back();
    } else {
      keys.back() += c;
    }
  }
  std::erase(keys, "");
  return keys;
}

std::vector<std::string> readSigningKeys(const HostValues& values) {
  std::vector<std::string> keys = signingKeys(values);
  if (std::any_of(keys.begin(), keys.end(),
                  [](const std::string& key) { return key.size() < kMinSigningKeyBytes; })) {
    values.refuse("auth.url_signing_key",
                  "auth.url_signing_key: a key must have at least 32 bytes");
  }
  return keys;
}

}  // namespace

http::AccessSettings readAccess(const HostValues& values) {
  http::AccessSettings access;
  access.mode = values.choice<http::AuthMode>("auth.mode", {{"api_key", http::AuthMode::ApiKey},
                                                            {"jwt", http::AuthMode::Jwt},
                                                            {"none", http::AuthMode::None}});
  refuseForeignKeys(values, access.mode);
  if (access.mode == http::AuthMode::Jwt) {
    access.jwt = readJwt(values);
  }
  if (access.mode == http::AuthMode::ApiKey) {
    access.apiKeys = readApiKeys(values);
  }
  access.urlSigningKeys = readSigningKeys(values);
  access.hideDenied = values.flag("auth.hide_denied");
  return access;
}

std::vector<std::string> accessSecrets(const HostValues& values) {
  std::vector<std::string> secrets = signingKeys(values);
  secrets.push_back(values.text("auth.jwt.secret"));
  return secrets;
}

}  // namespace mediadock::app
