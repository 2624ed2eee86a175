#pragma once

/// \file
/// What the server tells about itself and about the caller: status.php and two OCS calls.

#include "support/scripted_nextcloud/accounts.h"
#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/request.h"

namespace mediadock::scripted {

/// `/status.php`: needs no login, and works in maintenance, too.
Answer statusPage(bool isInMaintenance);

/// Anything below `/ocs/`; `account` is null for strangers.
Answer ocs(const Request& request, const Account* account);

/// 503 as OCS says it.
Answer ocsInMaintenance();

/// 429 as OCS says it, after too many wrong logins.
Answer ocsLockedOut();

}  // namespace mediadock::scripted
