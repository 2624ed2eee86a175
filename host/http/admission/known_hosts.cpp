#include "http/admission/known_hosts.h"

#include "http/addressing/origin.h"
#include "http/syntax/problem_exception.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mediadock::http {
namespace {

/// Every browser request has at least one of these, and no page can remove them.
bool isFromBrowser(const Headers& headers) {
  constexpr std::array<std::string_view, 4> kSigns = {"Accept-Language", "Origin", "Referer",
                                                      "Sec-Fetch-Site"};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view name) { return headers.has(name); });
}

}  // namespace

void KnownHosts::require(const Headers& headers) const {
  if (names_.empty() || !isFromBrowser(headers)) {
    return;
  }
  const auto host = Origin::parse("http://" + headers.joined("Host").value_or(""));
  if (!host || std::find(names_.begin(), names_.end(), host->host()) == names_.end()) {
    throw ProblemException(403,
                           "the server does not know itself by this name; the setting "
                           "http.allowed_hosts lists those that it does");
  }
}

}  // namespace mediadock::http
