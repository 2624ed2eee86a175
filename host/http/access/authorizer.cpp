#include "http/access/authorizer.h"

#include "http/access/auth_problems.h"
#include "http/access/credentials.h"
#include "http/access/url_signer.h"
#include "http/exchange/request.h"
#include "http/syntax/problem_exception.h"
#include "mediadock/storage_error.h"

namespace mediadock::http {

Authorizer::Authorizer(const AccessSettings& settings, const UrlSigner& signer)
    : signer_(signer),
      hideDenied_(settings.hideDenied) {
  if (settings.mode != AuthMode::None) {
    authenticator_.emplace(settings);
  }
}

void Authorizer::admit(Request& request, const AccessRule& rule) const {
  if (!authenticator_) {
    request.setCaller(Caller::anybody());
    return;
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  try {
    request.setCaller(identify(request, rule, now));
  } catch (const BadCredentials& error) {
    if (!rule.isForEverybody()) {
      throw ProblemException(credentialsRefused(error.what()));
    }
  }
  if (const auto scope = rule.requiredScope()) {
    requireScope(request.caller(), *scope);
  }
}

void Authorizer::refuse(const PathForbidden& error) const {
  if (hideDenied_) {
    throw StorageError(StorageErrc::NotFound, error.what());
  }
  throw ProblemException(403, error.what());
}

/// A valid signature is sufficient. An invalid one does not rule out valid credentials: a browser
/// also sends its cookie with an expired link.
Caller Authorizer::identify(const Request& request, const AccessRule& rule,
                            std::chrono::sys_seconds now) const {
  const bool isSigned = !rule.signedPurpose().empty() && request.query().find("sig");
  if (isSigned) {
    if (auto caller = bySignature(request, rule.signedPurpose(), now)) {
      return *std::move(caller);
    }
  }
  if (auto caller = authenticator_->identify(request.headers(), now)) {
    return *std::move(caller);
  }
  if (rule.isForEverybody()) {
    return {};
  }
  throw ProblemException(
      isSigned ? Problem{.status = 403, .detail = "the link does not hold, or not any more"}
               : credentialsMissing());
}

std::optional<Caller> Authorizer::bySignature(const Request& request, std::string_view purpose,
                                              std::chrono::sys_seconds now) const {
  const QueryParameters& query = request.query();
  const SignedTarget target{.purpose = purpose,
                            .path = StoragePath::parse(query.require("path")),
                            .version = query.find("v").value_or("")};
  if (!signer_.holds(query.require("sig"), target, now)) {
    return std::nullopt;
  }
  return Caller{.method = AuthMethod::SignedUrl,
                .scopes = {Scope::Read},
                .folders = {target.path},
                .signedVersion = target.version};
}

}  // namespace mediadock::http
