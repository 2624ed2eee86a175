#pragma once

/// \file
/// The one place where it is decided who may call what.

#include "http/access/access_rule.h"
#include "http/access/access_settings.h"
#include "http/access/authenticator.h"

#include <chrono>
#include <optional>

namespace mediadock {

class Request;
class UrlSigner;

/// Immutable; safe to share between threads.
class Gate {
 public:
  /// \param signer must outlive the gate.
  Gate(const AccessSettings& settings, const UrlSigner& signer);

  /// Finds out who calls, tells it to the request, and lets those pass whom `rule` allows. Comes
  /// before everything that looks at storage, records or body. Where auth is off, everybody passes.
  /// \throws ProblemException 401 for a caller that is not known, 403 for one that may not, and for
  ///   a signed URL that does not hold.
  void admit(Request& request, const AccessRule& rule) const;

  /// What a caller is told who named something out of reach.
  /// \throws ProblemException 403, or the StorageError of a file that is not there.
  [[noreturn]] void refuse(const OutsideReach& error) const;

 private:
  Caller identify(const Request& request, const AccessRule& rule,
                  std::chrono::sys_seconds now) const;
  std::optional<Caller> bySignature(const Request& request, std::string_view purpose,
                                    std::chrono::sys_seconds now) const;

  /// Absent: auth is off.
  std::optional<Authenticator> authenticator_;
  const UrlSigner& signer_;
  bool hideDenied_;
};

}  // namespace mediadock
