#pragma once

/// \file
/// From what a request carries to the caller.

#include "http/access/access_settings.h"
#include "http/access/jwt_verifier.h"
#include "http/exchange/caller.h"
#include "http/syntax/headers.h"

#include <chrono>
#include <cstddef>
#include <optional>

namespace mediadock {

/// Immutable; safe to share between threads.
class Authenticator {
 public:
  /// \pre not `AuthMode::None`.
  explicit Authenticator(const AccessSettings& settings);

  /// Most cookies of the configured name that are verified for one request.
  static constexpr std::size_t kMaxTokenCookies = 8;

  /// The caller; nothing where the request has no credentials of the mode. A header counts before
  /// cookies. Of several cookies of the configured name the valid one counts.
  /// \throws BadCredentials where none is valid (with the reason of the last), where valid ones
  /// name
  ///   different callers, and where there are more than `kMaxTokenCookies`.
  std::optional<Caller> identify(const Headers& headers, std::chrono::sys_seconds now) const;

 private:
  std::optional<Caller> byToken(const Headers& headers, std::chrono::sys_seconds now) const;
  std::optional<Caller> byCookie(const Headers& headers, std::chrono::sys_seconds now) const;
  std::optional<Caller> byKey(const Headers& headers) const;

  /// Absent: callers have keys.
  std::optional<JwtVerifier> tokens_;
  std::string cookie_;
  ApiKeys keys_;
};

}  // namespace mediadock
