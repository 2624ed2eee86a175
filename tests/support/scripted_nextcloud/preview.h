#pragma once

/// \file
/// Previews of pictures by file id.

#include "support/scripted_nextcloud/accounts.h"
#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/request.h"

namespace mediadock::scripted {

/// Whether the request is for a preview.
bool isPreview(const Request& request);

/// One and the same white square for every file whose name and first bytes say PNG or JPEG; 404
/// for all else, 401 for strangers (`account` is null).
Answer preview(const Request& request, Account* account);

}  // namespace mediadock::scripted
