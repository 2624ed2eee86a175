#include "http/admission/cross_site.h"

#include "http/syntax/problem_exception.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {
namespace {

bool isChange(std::string_view method) noexcept {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// Not Basic and the like, which a browser repeats by itself after a login.
bool bringsCredentials(const Headers& headers) {
  const auto authorization = headers.joined("Authorization").value_or("");
  return headers.has("X-API-Key") ||
         base::equalsIgnoringCase(std::string_view(authorization).substr(0, 7), "Bearer ");
}

/// Compares with the host that the client asked for. `https` is accepted on a plaintext request,
/// too: a proxy may terminate TLS without this server knowing.
bool isOwnOrigin(const Origin& origin, const Headers& headers, const Client& client) {
  const bool isWeb = origin.scheme() == "https" || (origin.scheme() == "http" && !client.isSecure);
  const auto host = headers.joined("Host");
  return isWeb && host && Origin::parse(origin.scheme() + "://" + *host) == origin;
}

[[noreturn]] void refuse(const char* detail) {
  throw ProblemException(403, detail);
}

}  // namespace

void requireOwnSite(const RequestHead& head, const Client& client, const Cors& cors) {
  const Headers& headers = head.headers;
  if (!isChange(head.method) || bringsCredentials(headers)) {
    return;
  }
  constexpr const char* kForeign = "a page of another site may not change anything here";
  const auto origin = headers.joined("Origin");
  if (origin && cors.allows(*origin)) {
    return;
  }
  if (const auto site = headers.joined("Sec-Fetch-Site")) {
    if (*site != "same-origin" && *site != "none") {
      refuse(kForeign);
    }
  } else if (origin) {
    const auto parsed = Origin::parse(*origin);
    if (!parsed || !isOwnOrigin(*parsed, headers, client)) {
      refuse(kForeign);
    }
  } else if (headers.has("Cookie") && !headers.has("X-Requested-With")) {
    refuse(
        "a change with a cookie needs the header X-Requested-With, or a browser that says where "
        "the request comes from");
  }
}

}  // namespace mediadock::http
