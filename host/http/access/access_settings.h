#pragma once

/// \file
/// Configuration of authentication.

#include "http/access/api_keys.h"
#include "http/access/jwt_key.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock::http {

enum class AuthMode { None, Jwt, ApiKey };

struct JwtSettings {
  /// Required in `AuthMode::Jwt`.
  std::optional<JwtKey> key;
  /// Required value of `iss`; empty: any.
  std::string issuer;
  /// `aud` must equal or contain it; empty: only tokens without `aud` are accepted.
  std::string audience;
  /// The cookie that may carry a token; empty: none.
  std::string cookie;
};

struct AccessSettings {
  AuthMode mode = AuthMode::None;
  JwtSettings jwt;
  /// Used in `AuthMode::ApiKey`.
  ApiKeys apiKeys;
  /// The first signs URLs, all verify them; empty: a random key.
  std::vector<std::string> urlSigningKeys;
  /// A path that the caller may not access gets the same response as one that does not exist.
  bool hideDenied = false;
};

}  // namespace mediadock::http
