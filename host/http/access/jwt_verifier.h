#pragma once

/// \file
/// JSON Web Tokens (RFC 7515, RFC 7519): whether one holds, and what it says of its caller.

#include "http/access/access_settings.h"
#include "http/exchange/caller.h"

#include <chrono>
#include <string_view>

namespace mediadock {

/// Immutable; safe to share between threads.
class JwtVerifier {
 public:
  /// How far clocks may be apart.
  static constexpr std::chrono::seconds kLeeway{30};

  /// \pre `settings.key` is there.
  explicit JwtVerifier(JwtSettings settings) : settings_(std::move(settings)) {}

  /// The caller that `sub`, `scope` (absent: read) and `paths` (absent: everywhere) tell. `exp`
  /// must be there; `nbf`, `iss` and `aud` are heeded. Nothing but the header is looked at before
  /// the signature is known to hold. \throws BadCredentials
  Caller verify(std::string_view token, std::chrono::sys_seconds now) const;

 private:
  JwtSettings settings_;
};

}  // namespace mediadock
