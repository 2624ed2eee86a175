#include "http/access/auth_problems.h"

#include <utility>

namespace mediadock::http {
namespace {

constexpr const char* kChallenge = R"(Bearer realm="mediadock")";

}  // namespace

Problem credentialsMissing() {
  return {.status = 401,
          .detail = "this needs credentials",
          .headers = {{"WWW-Authenticate", kChallenge}}};
}

Problem credentialsRefused(std::string reason) {
  return {
      .status = 401,
      .detail = std::move(reason),
      .headers = {{"WWW-Authenticate", std::string(kChallenge) + R"(, error="invalid_token")"}}};
}

void requireScope(const Caller& caller, Scope scope) {
  if (caller.has(scope)) {
    return;
  }
  if (!caller.isKnown()) {
    throw ProblemException(credentialsMissing());
  }
  const std::string word(toString(scope));
  throw ProblemException(
      {.status = 403,
       .detail = "the caller does not have the scope '" + word + "'",
       .headers = {
           {"WWW-Authenticate",
            std::string(kChallenge) + R"(, error="insufficient_scope", scope=")" + word + '"'}}});
}

}  // namespace mediadock::http
