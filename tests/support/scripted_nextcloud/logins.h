#pragma once

/// \file
/// Who a request comes from, and what strangers are told.

#include "support/scripted_nextcloud/accounts.h"
#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/request.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::scripted {

/// Basic auth, session cookies, and the brute-force protection that after eleven wrong logins lets
/// nobody in any more. Thread-safe.
class Logins final {
 public:
  /// `accounts` must outlive this.
  Logins(Accounts& accounts, std::string instanceId);

  /// The answer to half a set of cookies; nothing otherwise.
  static std::optional<Answer> refuseHalfCookies(const Request& request,
                                                 const std::string& instanceId);

  bool isThrottled() const;
  void resetThrottling();

  /// Null for strangers; a wrong password counts against everybody.
  Account* identify(const Request& request);

  /// The Set-Cookie headers for a request that came without cookies.
  std::vector<std::pair<std::string, std::string>> makeCookies(const Request& request,
                                                               Account* account);

 private:
  Account* findSession(const Request& request) const;

  Accounts& accounts_;
  const std::string instanceId_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  unsigned failures_ = 0;
  std::map<std::string, Account*> sessions_;
};

/// 401 of the WebDAV side. The message tells a wrong password from none.
Answer unauthenticated(const Request& request);

/// 429 of the WebDAV side; it does not say for how long.
Answer tooManyRequests();

}  // namespace mediadock::scripted
