#include "http/access/authenticator.h"

#include "http/access/credentials.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mediadock::http {

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
  return cookie_.empty() ? std::nullopt : byCookie(headers, now);
}

std::optional<Caller> Authenticator::byCookie(const Headers& headers,
                                              std::chrono::sys_seconds now) const {
  const auto tokens = cookiesOf(headers, cookie_);
  if (tokens.size() > kMaxTokenCookies) {
    throw BadCredentials("there are too many cookies with tokens");
  }
  std::vector<Caller> callers;
  std::optional<BadCredentials> refusal;
  for (const std::string& token : tokens) {
    try {
      callers.push_back(tokens_->verify(token, now));
    } catch (const BadCredentials& error) {
      refusal = error;
    }
  }
  if (callers.empty() && refusal) {
    throw *refusal;
  }
  if (callers.empty()) {
    return std::nullopt;
  }
  Caller& first = callers.front();
  if (std::any_of(callers.begin(), callers.end(),
                  [&](const Caller& caller) { return caller.name != first.name; })) {
    throw BadCredentials("the cookies belong to different callers");
  }
  first.method = AuthMethod::CookieToken;
  return std::move(first);
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

}  // namespace mediadock::http
