#pragma once

/// \file
/// The access requirement of a route.

#include "http/exchange/caller.h"

#include <optional>
#include <string_view>

namespace mediadock::http {

/// Has no default, so that a route without a rule does not compile.
class AccessRule {
 public:
  /// No authentication required; valid credentials are still passed to the endpoint.
  static constexpr AccessRule everybody() { return {false, std::nullopt, ""}; }

  /// Any authenticated caller, whatever its scopes.
  static constexpr AccessRule anyCaller() { return {true, std::nullopt, ""}; }

  /// Callers that have `scope`.
  static constexpr AccessRule scope(Scope scope) { return {true, scope, ""}; }

  /// Callers with `Scope::Read`, or holding a URL signed for `purpose` (a string literal). Such a
  /// URL is not valid for another purpose, and grants `Scope::Read` only.
  static constexpr AccessRule readOrSignedUrl(std::string_view purpose) {
    return {true, Scope::Read, purpose};
  }

  bool isForEverybody() const noexcept { return !needsCaller_; }

  std::optional<Scope> requiredScope() const noexcept { return scope_; }

  /// Empty if the route does not accept signed URLs.
  std::string_view signedPurpose() const noexcept { return signedPurpose_; }

 private:
  constexpr AccessRule(bool needsCaller, std::optional<Scope> scope, std::string_view signedPurpose)
      : needsCaller_(needsCaller),
        scope_(scope),
        signedPurpose_(signedPurpose) {}

  bool needsCaller_;
  std::optional<Scope> scope_;
  std::string_view signedPurpose_;
};

}  // namespace mediadock::http
