#pragma once

/// \file
/// What the HTTP side has to know about callers.

#include "http/access/api_keys.h"
#include "http/access/jwt_key.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock {

enum class AuthMode { None, Jwt, ApiKey };

struct JwtSettings {
  /// Must be there in `AuthMode::Jwt`.
  std::optional<JwtKey> key;
  /// What `iss` must be; empty: anything.
  std::string issuer;
  /// What `aud` must be or hold; empty: a token may not be meant for anybody else.
  std::string audience;
  /// The cookie that may carry a token; empty: none.
  std::string cookie;
};

struct AccessSettings {
  AuthMode mode = AuthMode::None;
  JwtSettings jwt;
  /// Of `AuthMode::ApiKey`.
  ApiKeys apiKeys;
  /// The first signs URLs, all verify them; empty: a random one.
  std::vector<std::string> urlSigningKeys;
  /// A path out of the caller's reach is answered like one that is not there.
  bool hideDenied = false;
};

}  // namespace mediadock
