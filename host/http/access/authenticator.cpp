#include "http/access/authenticator.h"

#include "http/access/bad_credentials.h"
#include "http/access/credentials.h"

namespace mediadock {

Authenticator::Authenticator(const AccessSettings& settings)
    : cookie_(settings.jwt.cookie),
      keys_(settings.apiKeys) {
  if (settings.mode == AuthMode::Jwt) {
    tokens_.emplace(settings.jwt);
  }
}

std::optional<Caller> Authenticator::identify(const Headers& headers,
                                              std::chrono::sys_seconds now) const {
  return tokens_ ? byToken(headers, now) : byKey(headers);
}

std::optional<Caller> Authenticator::byToken(const Headers& headers,
                                             std::chrono::sys_seconds now) const {
  if (const auto token = bearerOf(headers)) {
    return tokens_->verify(*token, now);
  }
  const auto token = cookie_.empty() ? std::nullopt : cookieOf(headers, cookie_);
  if (!token) {
    return std::nullopt;
  }
  Caller caller = tokens_->verify(*token, now);
  caller.means = Means::CookieToken;
  return caller;
}

std::optional<Caller> Authenticator::byKey(const Headers& headers) const {
  auto key = bearerOf(headers);
  if (!key) {
    key = apiKeyOf(headers);
  }
  if (!key) {
    return std::nullopt;
  }
  auto caller = keys_.find(*key);
  if (!caller) {
    throw BadCredentials("the API key is not known");
  }
  return caller;
}

}  // namespace mediadock
