#pragma once

/// \file
/// Authorises requests: the only place that decides who may call what.

#include "http/access/access_rule.h"
#include "http/access/access_settings.h"
#include "http/access/authenticator.h"

#include <chrono>
#include <optional>

namespace mediadock::http {

class Request;
class UrlSigner;

/// Immutable, so thread-safe.
class Authorizer {
 public:
  /// \param signer must outlive the authorizer.
  Authorizer(const AccessSettings& settings, const UrlSigner& signer);

  /// Identifies the caller, stores it in `request`, and admits it if `rule` allows. Must run before
  /// anything that accesses storage, records or the body. If authentication is off, every request
  /// is admitted.
  /// \throws ProblemException 401 for an unauthenticated caller, 403 for a missing scope or an
  ///   invalid signed URL.
  void admit(Request& request, const AccessRule& rule) const;

  /// Throws the response for a path that the caller may not access.
  /// \throws ProblemException 403, or StorageError `NotFound` if denials are hidden.
  [[noreturn]] void refuse(const PathForbidden& error) const;

 private:
  Caller identify(const Request& request, const AccessRule& rule,
                  std::chrono::sys_seconds now) const;
  std::optional<Caller> bySignature(const Request& request, std::string_view purpose,
                                    std::chrono::sys_seconds now) const;

  /// Absent: authentication is off.
  std::optional<Authenticator> authenticator_;
  const UrlSigner& signer_;
  bool hideDenied_;
};

}  // namespace mediadock::http
