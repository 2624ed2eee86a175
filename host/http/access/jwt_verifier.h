#pragma once

/// \file
/// Verifies JSON Web Tokens (RFC 7515, RFC 7519) and reads the caller from their claims.

#include "http/access/access_settings.h"
#include "http/exchange/caller.h"

#include <chrono>
#include <string_view>

namespace mediadock::http {

/// Immutable, so thread-safe.
class JwtVerifier {
 public:
  /// Tolerated clock skew.
  static constexpr std::chrono::seconds kLeeway{30};

  /// \pre `settings.key` is set.
  explicit JwtVerifier(JwtSettings settings) : settings_(std::move(settings)) {}

  /// The caller described by `sub`, `scope` (absent: read) and `paths` (absent: everywhere). `exp`
  /// is required; `nbf`, `iss` and `aud` are checked. Only the header is parsed before the
  /// signature is verified.
  /// \throws BadCredentials
  Caller verify(std::string_view token, std::chrono::sys_seconds now) const;

 private:
  JwtSettings settings_;
};

}  // namespace mediadock::http
