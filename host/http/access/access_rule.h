#pragma once

/// \file
/// Who may use a route.

#include "http/exchange/caller.h"

#include <optional>
#include <string_view>

namespace mediadock {

/// Has no default, so that a route without a rule does not compile.
class AccessRule {
 public:
  /// Nobody is asked who they are. A caller that is known all the same is told to the endpoint.
  static constexpr AccessRule everybody() { return {false, std::nullopt, ""}; }

  /// Callers that are known, whatever they may do.
  static constexpr AccessRule anyCaller() { return {true, std::nullopt, ""}; }

  /// Callers that have `scope`.
  static constexpr AccessRule scope(Scope scope) { return {true, scope, ""}; }

  /// Callers with `Scope::Read`, and whoever has a URL that was signed for `purpose`, which is
  /// static: such a URL opens no route of another purpose, and GET and HEAD only.
  static constexpr AccessRule readOrSignedUrl(std::string_view purpose) {
    return {true, Scope::Read, purpose};
  }

  bool isForEverybody() const noexcept { return !needsCaller_; }

  std::optional<Scope> requiredScope() const noexcept { return scope_; }

  /// Empty where signed URLs do not count.
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

}  // namespace mediadock
