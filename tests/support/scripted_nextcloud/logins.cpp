#include "support/scripted_nextcloud/logins.h"

#include "support/random_text.h"
#include "support/scripted_nextcloud/dav_error.h"

#include <Poco/Base64Decoder.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <iterator>
#include <sstream>

namespace mediadock::scripted {

namespace {

constexpr unsigned kTimeout = 11;
constexpr const char* kLaxCookie = "nc_sameSiteCookielax";
constexpr const char* kStrictCookie = "nc_sameSiteCookiestrict";

std::map<std::string, std::string> parseCookies(const Request& request) {
  std::map<std::string, std::string> cookies;
  const Poco::StringTokenizer parts(request.header("Cookie"), ";", Poco::StringTokenizer::TOK_TRIM);
  for (const std::string& part : parts) {
    const std::size_t equals = part.find('=');
    if (equals != std::string::npos) {
      cookies[part.substr(0, equals)] = part.substr(equals + 1);
    }
  }
  return cookies;
}

std::optional<std::pair<std::string, std::string>> parseBasic(const Request& request) {
  const std::string value = request.header("Authorization");
  if (Poco::icompare(value.substr(0, 6), std::string("Basic ")) != 0) {
    return std::nullopt;
  }
  std::istringstream encoded(value.substr(6));
  Poco::Base64Decoder decoder(encoded);
  const std::string pair(std::istreambuf_iterator<char>(decoder), {});
  const std::size_t colon = pair.find(':');
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  return std::pair(pair.substr(0, colon), pair.substr(colon + 1));
}

}  // namespace

Logins::Logins(Accounts& accounts, std::string instanceId)
    : accounts_(accounts),
      instanceId_(std::move(instanceId)) {}

std::optional<Answer> Logins::refuseHalfCookies(const Request& request,
                                                const std::string& instanceId) {
  const auto cookies = parseCookies(request);
  if (!cookies.contains(instanceId) ||
      (cookies.contains(kLaxCookie) && cookies.contains(kStrictCookie))) {
    return std::nullopt;
  }
  Answer answer;
  answer.status = 412;
  answer.headers = {{"Content-Type", "application/json"}};
  answer.framing = Answer::Framing::Chunked;
  answer.body = R"({"error":"Strict Cookie has not been found in request"})";
  return answer;
}

bool Logins::isThrottled() const {
  const std::lock_guard guard(mutex_);
  return failures_ >= kTimeout;
}

void Logins::resetThrottling() {
  const std::lock_guard guard(mutex_);
  failures_ = 0;
}

Account* Logins::identify(const Request& request) {
  const auto basic = parseBasic(request);
  if (basic) {
    Account* const account = accounts_.find(basic->first);
    if (account != nullptr && account->password == basic->second) {
      return account;
    }
  }
  Account* const session = findSession(request);
  if (basic && session == nullptr) {
    const std::lock_guard guard(mutex_);
    ++failures_;
  }
  return session;
}

Account* Logins::findSession(const Request& request) const {
  const auto cookies = parseCookies(request);
  const auto cookie = cookies.find(instanceId_);
  if (cookie == cookies.end()) {
    return nullptr;
  }
  const std::lock_guard guard(mutex_);
  const auto session = sessions_.find(cookie->second);
  return session == sessions_.end() ? nullptr : session->second;
}

std::vector<std::pair<std::string, std::string>> Logins::makeCookies(const Request& request,
                                                                     Account* account) {
  if (request.has("Cookie")) {
    return {};
  }
  const std::string session = randomText(26);
  if (account != nullptr) {
    const std::lock_guard guard(mutex_);
    sessions_[session] = account;
  }
  const std::string expiry = "; path=/; httponly;expires=Fri, 31-Dec-2100 23:59:59 GMT; SameSite=";
  return {
      {"Set-Cookie", "oc_sessionPassphrase=" + randomText(32) + "; path=/; HttpOnly; SameSite=Lax"},
      {"Set-Cookie", std::string(kLaxCookie) + "=true" + expiry + "lax"},
      {"Set-Cookie", std::string(kStrictCookie) + "=true" + expiry + "strict"},
      {"Set-Cookie", instanceId_ + "=" + session + "; path=/; HttpOnly; SameSite=Lax"}};
}

Answer unauthenticated(const Request& request) {
  const bool isBrowser = request.header("X-Requested-With") == "XMLHttpRequest";
  return DavError(401, "Sabre\\DAV\\Exception\\NotAuthenticated",
                  parseBasic(request) ? "Username or password was incorrect"
                                      : "No 'Authorization: Basic' header found. Either the client "
                                        "didn't send one, or the server is misconfigured")
      .with("WWW-Authenticate", std::string(isBrowser ? "DummyBasic" : "Basic") +
                                    " realm=\"Nextcloud\", charset=\"UTF-8\"")
      .toAnswer();
}

Answer tooManyRequests() {
  return DavError(429, "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests", "",
                  "  <o:hint xmlns:o=\"o:\">too many requests</o:hint>\n")
      .toAnswer();
}

}  // namespace mediadock::scripted
