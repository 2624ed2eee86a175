#pragma once

/// \file
/// Identifies the caller from the credentials of a request.

#include "http/access/access_settings.h"
#include "http/access/jwt_verifier.h"
#include "http/exchange/caller.h"
#include "http/syntax/headers.h"

#include <chrono>
#include <cstddef>
#include <optional>

namespace mediadock::http {

/// Immutable, so thread-safe.
class Authenticator {
 public:
  /// \pre not `AuthMode::None`.
  explicit Authenticator(const AccessSettings& settings);

  /// Upper bound on the cookies of the configured name in one request.
  static constexpr std::size_t kMaxTokenCookies = 8;

  /// The caller; nullopt if the request has no credentials of the configured mode. A header takes
  /// precedence over cookies. Of several cookies of the configured name, invalid ones are ignored
  /// if at least one is valid.
  /// \throws BadCredentials if none is valid (with the reason of the last), if valid ones name
  ///   different callers, or if there are more than `kMaxTokenCookies`.
  std::optional<Caller> identify(const Headers& headers, std::chrono::sys_seconds now) const;

 private:
  std::optional<Caller> byToken(const Headers& headers, std::chrono::sys_seconds now) const;
  std::optional<Caller> byCookie(const Headers& headers, std::chrono::sys_seconds now) const;
  std::optional<Caller> byKey(const Headers& headers) const;

  /// Absent: callers use API keys.
  std::optional<JwtVerifier> tokens_;
  std::string cookie_;
  ApiKeys keys_;
};

}  // namespace mediadock::http
