#pragma once

/// \file
/// From what a request carries to the caller.

#include "http/access/access_settings.h"
#include "http/access/caller.h"
#include "http/access/jwt_verifier.h"
#include "http/headers.h"

#include <chrono>
#include <optional>

namespace mediadock {

/// Immutable; safe to share between threads.
class Authenticator {
 public:
  /// \pre not `AuthMode::None`.
  explicit Authenticator(const AccessSettings& settings);

  /// The caller; nothing where the request has no credentials of the mode. A header counts before
  /// the cookie.
  /// \throws BadCredentials where it has some that do not hold.
  std::optional<Caller> identify(const Headers& headers, std::chrono::sys_seconds now) const;

 private:
  std::optional<Caller> byToken(const Headers& headers, std::chrono::sys_seconds now) const;
  std::optional<Caller> byKey(const Headers& headers) const;

  /// Absent: callers have keys.
  std::optional<JwtVerifier> tokens_;
  std::string cookie_;
  ApiKeys keys_;
};

}  // namespace mediadock
